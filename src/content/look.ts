/**
 * The badge's and the frame's look (look.md). A page's own rules reach the host and nothing below it, so the host's
 * are important. No opacity, filter or scaling: with them the browser no longer vouches that the badge is seen.
 *
 * The sign before the words is one box made of its borders; which sign comes with the view (background/views/sign.ts).
 * No motion, so none to reduce. The browser's own focus ring.
 */
export const LOOK =
  ':host{all:initial!important}' +
  '*{position:fixed;right:0;z-index:999999999;max-width:96%;max-height:96%;border:1px solid #8886;border-radius:10px;color-scheme:light dark}' +
  'button{top:40%;height:28px;font:12px system-ui;background:Canvas;color:CanvasText}' +
  ':before{content:"";float:left;margin:1px 6px 0 0;border:6px solid;forced-color-adjust:none}' +
  'iframe{right:16px;bottom:16px;height:220px;width:400px;box-shadow:0 0 16px #8886}';
