import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { mayDownload } from '#main/hosts/electron/download-rule.ts';
import { guardNavigation, mayNavigate } from '#main/hosts/electron/navigation-rule.ts';
import { answerToNewWindow } from '#main/hosts/electron/new-window-rule.ts';
import { mayUse } from '#main/hosts/electron/permission-rule.ts';
import { guardShortcuts, mayPress } from '#main/hosts/electron/shortcut-rule.ts';
import { guardWebviews, mayAttachWebview } from '#main/hosts/electron/webview-rule.ts';

/** A page's events, sent by hand: Electron's own objects exist only inside Electron. */
function pageEvents<Page>(): { readonly page: Page; readonly events: EventEmitter } {
  const events = new EventEmitter();
  return { page: events as unknown as Page, events };
}

function preventable(): { isPrevented: boolean; preventDefault(): void } {
  return {
    isPrevented: false,
    preventDefault() {
      this.isPrevented = true;
    },
  };
}

describe('navigation', () => {
  test.each([
    ['rsu://terminal/', true],
    ['rsu://terminal/page.js', false],
    ['rsu://terminal/?next=x', false],
    ['rsu://other/', false],
    ['rsu://terminal.example/', false],
    ['https://terminal/', false],
    ['file:///etc/passwd', false],
    ['about:blank', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('to %j: %s', (url, isAllowed) => {
    expect(mayNavigate(url)).toBe(isAllowed);
  });

  test.each([
    ['will-navigate', { url: 'rsu://terminal/' }, false],
    ['will-navigate', { url: 'https://example.com/' }, true],
    ['will-redirect', { url: 'https://example.com/' }, true],
    ['will-frame-navigate', { url: 'rsu://terminal/', isMainFrame: true }, false],
    ['will-frame-navigate', { url: 'rsu://terminal/', isMainFrame: false }, true],
    ['will-frame-navigate', { url: 'https://example.com/', isMainFrame: true }, true],
  ])('%s %j is prevented: %s', (name, details, isPrevented) => {
    const { page, events } = pageEvents<Parameters<typeof guardNavigation>[0]>();
    guardNavigation(page);
    const event = { ...preventable(), ...details };
    events.emit(name, event);
    expect(event.isPrevented).toBe(isPrevented);
  });
});

test('no window, no permission, no download and no embedded page', () => {
  expect({
    window: answerToNewWindow(),
    permissions: ['media', 'geolocation', 'notifications', 'fullscreen', 'usb'].filter(mayUse),
    download: mayDownload('rsu://terminal/index.html'),
    webview: mayAttachWebview('rsu://terminal/'),
  }).toEqual({ window: { action: 'deny' }, permissions: [], download: false, webview: false });
});

test('an embedded page is stopped before it is attached', () => {
  const { page, events } = pageEvents<Parameters<typeof guardWebviews>[0]>();
  guardWebviews(page);
  const event = preventable();
  events.emit('will-attach-webview', event, {}, { src: 'https://example.com/' });
  expect(event.isPrevented).toBe(true);
});

describe('shortcuts', () => {
  const alone = { isControlOrCommandDown: false, isAltDown: false };
  const control = { isControlOrCommandDown: true, isAltDown: false };
  const alt = { isControlOrCommandDown: false, isAltDown: true };

  test.each([
    [{ key: '5', ...alone }, true],
    [{ key: 'Enter', ...alone }, true],
    [{ key: 'Tab', ...alone }, true],
    [{ key: 'F1', ...alone }, true],
    [{ key: 'ArrowLeft', ...alone }, true],
    [{ key: 'v', ...control }, true],
    [{ key: 'Backspace', ...control }, true],
    [{ key: 'F5', ...alone }, false],
    [{ key: 'F11', ...alone }, false],
    [{ key: 'F12', ...alone }, false],
    [{ key: 'r', ...control }, false],
    [{ key: 'R', ...control }, false],
    [{ key: 'I', ...control }, false],
    [{ key: 'p', ...control }, false],
    [{ key: '+', ...control }, false],
    [{ key: '0', ...control }, false],
    [{ key: 'F5', ...control }, false],
    [{ key: 'ArrowLeft', ...alt }, false],
    [{ key: 'Home', ...alt }, false],
  ])('%j reaches the page: %s', (press, isAllowed) => {
    expect(mayPress(press)).toBe(isAllowed);
  });

  test('of the browser stop before the page', () => {
    const { page, events } = pageEvents<Parameters<typeof guardShortcuts>[0]>();
    guardShortcuts(page);
    const presses = [
      { key: 'r', control: true, meta: false, alt: false },
      { key: 'r', control: false, meta: true, alt: false },
      { key: 'r', control: false, meta: false, alt: false },
    ];
    const prevented = presses.map((input) => {
      const event = preventable();
      events.emit('before-input-event', event, input);
      return event.isPrevented;
    });
    expect(prevented).toEqual([true, true, false]);
  });
});
