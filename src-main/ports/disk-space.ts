/** How much room the disk under the data folder has. */
export interface DiskSpace {
  freeBytes(): number;
}
