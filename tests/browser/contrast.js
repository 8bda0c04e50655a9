// The contrast of each text that a check shows, see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
() => {
  const numbers = colour => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    const unit = colour.startsWith('color(') ? 255 : 1;  // color(srgb 0.1 0.4 0.2), what color-mix() gives
    return [r * unit, g * unit, b * unit, a];
  };
  const mixed = (above, below) => [0, 1, 2].map(i => above[i] * above[3] + below[i] * (1 - above[3]));
  const luminance = colour => {
    const [r, g, b] = colour.map(value => value / 255).map(
      value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ancestors = element => element ? [element, ...ancestors(element.parentElement)] : [];
  const found = [];
  for (const area of document.querySelectorAll('.jp-RenderedHTML, .jp-RenderedText')) {
    const texts = document.createTreeWalker(area, NodeFilter.SHOW_TEXT, node => node.data.trim() ? 1 : 2);
    while (texts.nextNode()) {
      const above = ancestors(texts.currentNode.parentElement);
      const paper = above.map(one => numbers(getComputedStyle(one).backgroundColor)).reverse().reduce(
        (below, layer) => mixed(layer, below), [255, 255, 255]);
      const [r, g, b, a] = numbers(getComputedStyle(above[0]).color);
      const opacity = above.reduce((product, one) => product * Number(getComputedStyle(one).opacity), a);
      const [dark, light] = [luminance(mixed([r, g, b, opacity], paper)), luminance(paper)].sort((x, y) => x - y);
      found.push({text: texts.currentNode.data.slice(0, 60), contrast: (light + 0.05) / (dark + 0.05)});
    }
  }
  return found;
}
