import {
  ActionIcon,
  Button,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  Modal,
  Notification,
  Progress,
  SegmentedControl,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

const ACCENT = 'accent'

/** The one accent: a quiet teal that stays 4.5:1 on both grounds. */
const accent: MantineColorsTuple = [
  '#e7f5f4',
  '#d2e8e6',
  '#a5d0cd',
  '#75b8b3',
  '#4ea39d',
  '#35968f',
  '#0f766e',
  '#0c655e',
  '#07544e',
  '#00423d',
]

/** Greys of the dark appearance, from text to ground; a little blue, as the ground is. */
const dark: MantineColorsTuple = [
  '#dce0e4',
  '#bcc3ca',
  '#a4adb6',
  '#7d8790',
  '#4a525a',
  '#363c42',
  '#2a2f34',
  '#1e2226',
  '#16191c',
  '#101214',
]

/** One type scale (12, 13, 16 px), one spacing scale (4 px grid), two weights. */
export const theme = createTheme({
  primaryColor: ACCENT,
  primaryShade: { light: 6, dark: 4 },
  // What is written on the accent: Mantine would take one colour for light and dark.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input)
    const onAccent = input.variant === 'filled' && (input.color ?? ACCENT) === ACCENT
    return onAccent ? { ...colours, color: 'var(--studio-on-accent)' } : colours
  },
  colors: { accent, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '16px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.4', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '16px', lineHeight: '1.4' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { size: 'xs' },
      // Mantine makes descriptions and errors smaller than the smallest size of the scale.
      vars: () => ({
        label: {},
        success: {},
        error: { '--input-error-size': 'var(--mantine-font-size-xs)' },
        description: { '--input-description-size': 'var(--mantine-font-size-xs)' },
      }),
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 100 },
        // Its header belongs to the dialog: as a landmark it would be a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
      styles: { title: { fontWeight: 600 } },
    }),
    // Bars that glide make a browser without graphics draw sixty pictures a second, which the run's workers then lack.
    Progress: Progress.extend({ defaultProps: { transitionDuration: 0 } }),
    ProgressRoot: Progress.Root.extend({ defaultProps: { transitionDuration: 0 } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--studio-quiet)' } },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, multiline: true, maw: 320 } }),
  },
})

/** Colours that Mantine has no name for, the same names in light and dark; contrast of text is 4.5:1 on its ground. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--studio-ground': '#f6f7f8',
    '--studio-panel': '#ffffff',
    '--studio-line': '#d9dde1',
    '--studio-land': '#e3e7e4',
    '--studio-coast': '#aab4b0',
    '--studio-quiet': '#5a636c',
    '--studio-on-accent': '#ffffff',
    '--studio-good': '#1a7f4b',
    '--studio-warning': '#854d00',
    '--studio-bad': '#b42318',
    '--mantine-color-dimmed': '#5a636c',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--studio-ground': '#16191c',
    '--studio-panel': '#1e2226',
    '--studio-line': '#363c42',
    '--studio-land': '#2c3235',
    '--studio-coast': '#5a646b',
    '--studio-quiet': '#a4adb6',
    '--studio-on-accent': '#06201d',
    '--studio-good': '#5cc28c',
    '--studio-warning': '#e0a94a',
    '--studio-bad': '#f2877c',
    '--mantine-color-dimmed': '#a4adb6',
    '--mantine-color-error': '#f2877c',
    '--mantine-color-body': '#1e2226',
  },
})
