import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** An Electron that is at hand instead of a downloaded one; it is copied, and only the copy is changed. */
const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
const runtime =
  given !== undefined && existsSync(join(given, 'version'))
    ? { electronDist: given, electronVersion: readFileSync(join(given, 'version'), 'utf8').trim() }
    : {}

const NAME = 'GEDI Dataset Studio'

/** Parts of packages that no program needs at run time. */
const NOT_NEEDED = [
  '**/*.{map,ts,mts,cts,tsx,md,markdown,flow,iife.js,umd.js}',
  '**/{test,tests,__tests__,example,examples,bench,benchmark,docs,.github}/**',
  '**/{rollup.config.js,CMakeLists.txt,Makefile,tsconfig.json}',
  // The program takes two of the fonts, and the pages of packages for browsers not at all.
  '**/dejavu-fonts-ttf/*.txt',
  '**/dejavu-fonts-ttf/ttf/!(DejaVuSans.ttf|DejaVuSans-Bold.ttf)',
  '**/h5wasm/{src/**,dist/esm/**,dist/iife/**}',
  '**/zod/src/**',
  '**/geotiff/{src/**,dist-browser/**}',
  '**/codec-openjpeg/dist/{openjpegjs,openjpegwasm}.*',
  '**/codec-openjpeg/dist/openjpegjs_decode.js',
].map((pattern) => `!node_modules/${pattern}`)

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.gedi-dataset-studio.app',
  productName: NAME,
  executableName: 'gedi-dataset-studio',
  copyright: 'MIT licence',
  directories: { output: 'out/packaged', buildResources: 'packaging' },
  ...runtime,
  // Native code comes ready for every platform; there is nothing to compile.
  npmRebuild: false,
  // Nothing is published from here, and the program looks for no updates.
  publish: null,
  files: [
    'dist/main',
    'dist/preload',
    'dist/renderer',
    'assets',
    '!assets/icons/*.{ico,icns}',
    'docs/*.md',
    'docs/images',
    ...NOT_NEEDED,
  ],
  asar: true,
  // What is opened by its path, by native code or by other programs, must be a file of its own.
  asarUnpack: ['assets/sample', 'docs', 'node_modules/@duckdb/**'],
  extraFiles: [{ from: 'dist/notices', to: '.', filter: ['THIRD-PARTY-NOTICES.md'] }],
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    // Electron checks the archive on macOS and Windows; on Linux there is nothing that it could be checked against.
    enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
    // The window keeps no cookies, and a key for them would have the system ask for its keyring.
    enableCookieEncryption: false,
    loadBrowserProcessSpecificV8Snapshot: false,
    // The page comes from app://; nothing is shown from file://.
    grantFileProtocolExtraPrivileges: false,
  },
  // Electron's own page for those who start it without a program.
  afterPack: ({ packager, appOutDir }) =>
    rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true }),
  // A deb wants to name who answers for it, which only whoever publishes can say.
  ...(process.env.PACKAGE_HOMEPAGE && { extraMetadata: { homepage: process.env.PACKAGE_HOMEPAGE } }),
  linux: {
    ...(process.env.PACKAGE_MAINTAINER && { maintainer: process.env.PACKAGE_MAINTAINER }),
    target: ['AppImage', 'deb'],
    icon: 'assets/icons',
    category: 'Science',
    synopsis: 'Training datasets from GEDI and Sentinel-2',
    desktop: { entry: { MimeType: 'inode/directory;', StartupWMClass: 'gedi-dataset-studio' } },
  },
  // electron-builder would have menus start it without its sandbox; where a system has none, it sees so by itself.
  appImage: { executableArgs: [] },
  deb: {
    packageCategory: 'science',
    // What electron-builder names of itself, and what Electron opens at its start that does not come with those: without
    // sound, buffers and drawing it does not start. The name of sound is another one since Debian 13.
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      'libsecret-1-0',
      'libasound2t64 | libasound2',
      'libgbm1',
      'libdrm2',
    ],
    // The program has no icon beside the clock.
    recommends: [],
  },
  mac: {
    target: 'dmg',
    icon: 'assets/icons/icon.icns',
    category: 'public.app-category.education',
    // Folders dropped on the icon, and "Open With": never the first choice for folders.
    extendInfo: {
      CFBundleDocumentTypes: [
        {
          CFBundleTypeName: 'Project folder',
          CFBundleTypeRole: 'Editor',
          LSHandlerRank: 'Alternate',
          LSItemContentTypes: ['public.folder'],
        },
      ],
    },
  },
  win: { target: 'nsis', icon: 'assets/icons/icon.ico' },
  nsis: { oneClick: false, perMachine: false, include: 'packaging/windows.nsh' },
}
