import type { Session } from 'electron';

/**
 * Whether the page may use a power of the computer (camera, microphone, place, notifications, USB…).
 * It needs none: printer and card reader belong to the terminal, not to the page.
 */
export function mayUse(_permission: string): boolean {
  return false;
}

/** Applies `mayUse` to requests, to silent checks and to devices. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_webContents, permission, answer) => {
    answer(mayUse(permission));
  });
  session.setPermissionCheckHandler((_webContents, permission) => mayUse(permission));
  session.setDevicePermissionHandler(({ deviceType }) => mayUse(deviceType));
}
