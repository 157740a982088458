import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconChartHistogram,
  IconDots,
  IconFileTypeCsv,
  IconPhoto,
  IconSvg,
  IconTable,
} from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import { toCsv, type ChartTable } from './chart-table'
import { saveFile } from './save-file'
import { standaloneSvg, type ChartHeading } from './standalone-svg'
import { svgPicture } from './svg-picture'

interface ChartMenuProps {
  title: string
  fileName: string
  legend: ChartHeading['legend']
  table: ChartTable
  /** What holds the drawn chart. */
  plot: RefObject<HTMLDivElement | null>
  asTable: boolean
  onShowTable: (shown: boolean) => void
}

/** Saves a chart as picture or data, and shows its data as a table. */
export function ChartMenu({
  title,
  fileName,
  legend,
  table,
  plot,
  asTable,
  onShowTable,
}: ChartMenuProps): ReactNode {
  const drawn = (): ReturnType<typeof standaloneSvg> | null => {
    const svg = plot.current?.querySelector('svg')
    return svg ? standaloneSvg(svg, { title, legend }) : null
  }
  const saveSvg = (): void => {
    const svg = drawn()
    if (svg !== null) saveFile(`${fileName}.svg`, new Blob([svg.text], { type: 'image/svg+xml' }))
  }
  const savePng = async (): Promise<void> => {
    const svg = drawn()
    if (svg !== null) saveFile(`${fileName}.png`, await svgPicture(svg))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={`Save or read: ${title}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPhoto size={16} aria-hidden />}
          disabled={asTable}
          onClick={() => void savePng().catch(tellFault)}
        >
          Save PNG
        </Menu.Item>
        <Menu.Item leftSection={<IconSvg size={16} aria-hidden />} disabled={asTable} onClick={saveSvg}>
          Save SVG
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileTypeCsv size={16} aria-hidden />}
          onClick={() => saveFile(`${fileName}.csv`, new Blob([toCsv(table)], { type: 'text/csv' }))}
        >
          Save CSV
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={
            asTable ? <IconChartHistogram size={16} aria-hidden /> : <IconTable size={16} aria-hidden />
          }
          onClick={() => onShowTable(!asTable)}
        >
          {asTable ? 'Show as chart' : 'Show as table'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function tellFault(): void {
  notifications.show({
    color: 'red',
    title: 'The picture could not be made.',
    message: 'Save the chart as SVG, or its data as CSV.',
  })
}
