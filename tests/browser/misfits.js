// Texts of the page's SVG that lie outside it, on one another, or partly outside the box that their middle is in.
() => {
  const box = (node) => node.getBoundingClientRect();
  const svg = document.querySelector("svg");
  const [all, edge] = [[...svg.querySelectorAll("text")], box(svg)];
  const boxes = [...svg.querySelectorAll("rect")].map(box);
  const found = [];
  all.forEach((text, index) => {
    const here = box(text);
    const [x, y] = [(here.left + here.right) / 2, (here.top + here.bottom) / 2];
    if (here.left < edge.left || here.right > edge.right || here.top < edge.top || here.bottom > edge.bottom) {
      found.push(`${text.textContent}: outside`);
    }
    for (const other of all.slice(index + 1)) {
      const there = box(other);
      const wide = Math.min(here.right, there.right) - Math.max(here.left, there.left);
      const high = Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top);
      if (wide > 3 && high > 4) found.push(`${text.textContent}: over ${other.textContent}`);
    }
    for (const around of boxes) {
      const inside = x > around.left && x < around.right && y > around.top && y < around.bottom;
      if (inside && (here.left < around.left || here.right > around.right)) {
        found.push(`${text.textContent}: wider than its box`);
      }
    }
  });
  return found;
}
