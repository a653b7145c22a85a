/** What this process says by itself: menus, and the dialogs of what keeps the page from saying it. */
export interface Texts {
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly window: string;
  readonly help: string;
  readonly close: string;
  readonly quit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly resetZoom: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fullScreen: string;
  readonly minimize: string;
  readonly about: string;
  readonly startFailed: string;
  readonly startFailedAdvice: string;
  readonly stopped: string;
  readonly stoppedAdvice: string;
  readonly pageStopped: string;
  readonly pageStoppedAdvice: string;
  readonly restart: string;
  readonly reload: string;
  readonly unsaved: string;
  readonly unsavedAdvice: string;
  readonly stay: string;
  readonly leave: string;
}

const english: Texts = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  close: 'Close window',
  quit: 'Quit Countersign',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  resetZoom: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  minimize: 'Minimize',
  about: 'About Countersign',
  startFailed: 'Countersign could not start',
  startFailedAdvice:
    'Nothing in the workspaces was changed. Start Countersign again; if this message comes back, give it to whoever looks after this computer.',
  stopped: 'Countersign stopped working',
  stoppedAdvice:
    'What was saved is safe, and an import or a screening goes on where it was. Restart Countersign to continue.',
  pageStopped: 'The window stopped working',
  pageStoppedAdvice: 'What was saved is safe. Reload the window to continue.',
  restart: 'Restart',
  reload: 'Reload',
  unsaved: 'There are changes that are not saved',
  unsavedAdvice: 'They are lost if you leave now.',
  stay: 'Stay',
  leave: 'Leave without saving',
};

const chinese: Texts = {
  file: '文件',
  edit: '编辑',
  view: '视图',
  window: '窗口',
  help: '帮助',
  close: '关闭窗口',
  quit: '退出会签台',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  resetZoom: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  minimize: '最小化',
  about: '关于会签台',
  startFailed: '会签台无法启动',
  startFailedAdvice: '工作区内容没有改动。请重新启动会签台；如果仍然出现此提示，请把它交给本机的管理人员。',
  stopped: '会签台已停止工作',
  stoppedAdvice: '已保存的内容不受影响，未完成的导入或筛查会接着进行。请重新启动会签台。',
  pageStopped: '窗口已停止工作',
  pageStoppedAdvice: '已保存的内容不受影响。请重新加载窗口。',
  restart: '重新启动',
  reload: '重新加载',
  unsaved: '有未保存的修改',
  unsavedAdvice: '现在离开，这些修改将丢失。',
  stay: '留下',
  leave: '不保存并离开',
};

/** The texts for the system's locale, such as `zh-CN` or `en-GB`. */
export function textsFor(locale: string): Texts {
  return locale.toLowerCase().startsWith('zh') ? chinese : english;
}
