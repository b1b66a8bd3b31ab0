/* The ground of the map: outlines on a canvas, in the Mercator projection, with the names of countries. */
const RAD = Math.PI / 180;
const mercatorY = (lat) => -Math.log(Math.tan(Math.PI / 4 + (Math.max(-80, Math.min(84, lat)) * RAD) / 2)) / RAD;

function outlinePaths(origin) {
  const { scale, land, borders, regions, names } = D.outlines;
  const trace = (lines, close) => {
    const path = new Path2D();
    for (const line of lines) {
      let x = line[0], y = line[1];
      path.moveTo(x / scale - origin.x, mercatorY(y / scale) - origin.y);
      for (let i = 2; i < line.length; i += 2) {
        x += line[i];
        y += line[i + 1];
        path.lineTo(x / scale - origin.x, mercatorY(y / scale) - origin.y);
      }
      if (close) path.closePath();
    }
    return path;
  };
  return {
    land: trace(land, true), borders: trace(borders), regions: trace(regions),
    names: names.map(([name, lon, lat, area]) => ({ name, x: lon - origin.x, y: mercatorY(lat) - origin.y, side: Math.sqrt(area) })),
  };
}

const meet = (one, other) => one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

/* Draw for a view: `k` pixels a degree, the point (x, y) in the middle; no country's name where a box is taken. */
function drawGround(canvas, paths, { x, y, k, width, height }, taken) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = color("--sea");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(k * ratio, 0, 0, k * ratio, (width / 2 - x * k) * ratio, (height / 2 - y * k) * ratio);
  pen.lineJoin = "round";
  pen.fillStyle = color("--land");
  pen.fill(paths.land, "evenodd");
  pen.strokeStyle = color("--coast");
  pen.lineWidth = 0.8 / k;
  pen.stroke(paths.land);
  if (k > 9) {
    pen.strokeStyle = color("--region");
    pen.setLineDash([3 / k, 3 / k]);
    pen.lineWidth = 0.8 / k;
    pen.stroke(paths.regions);
    pen.setLineDash([]);
  }
  pen.strokeStyle = color("--border");
  pen.lineWidth = (k > 9 ? 1.5 : 0.9) / k;
  pen.stroke(paths.borders);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textAlign = "center";
  pen.fillStyle = color("--country");
  pen.font = "600 11px system-ui, sans-serif";
  if ("letterSpacing" in pen) pen.letterSpacing = "2px";
  for (const one of paths.names) {
    const px = (one.x - x) * k + width / 2, py = (one.y - y) * k + height / 2;
    const text = one.name.toUpperCase();
    const w = pen.measureText(text).width, box = { x: px - w / 2, y: py - 10, w, h: 12 };
    if (one.side * k > w * 0.75 && px > -60 && px < width + 60 && py > 0 && py < height && !taken.some((other) => meet(box, other)))
      pen.fillText(text, px, py);
  }
}
