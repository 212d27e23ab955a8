using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>A cut of a graph: two columns of vertices for a small one, the table of its edges, sorted by side, for a large one.</summary>
public static class CutDrawing
{
    const int MostVertices = 40;
    const double Width = 560;

    /// <summary>As SVG.</summary>
    /// <param name="energy">Of a cut: each pair an edge. Heavy edges have a positive weight here.</param>
    /// <param name="sides">0 or 1 for each vertex.</param>
    /// <param name="title">Above it.</param>
    /// <exception cref="ArgumentException">The sides do not fit the energy.</exception>
    public static string Svg(BinaryEnergy energy, IReadOnlyList<byte> sides, string title)
    {
        ArgumentNullException.ThrowIfNull(energy);
        ArgumentNullException.ThrowIfNull(sides);
        if (sides.Count != energy.Variables)
            throw new ArgumentException($"{sides.Count} sides do not fit {energy.Variables} vertices", nameof(sides));
        return energy.Variables <= MostVertices ? Columns(energy, sides, title) : Table(energy, sides, title);
    }

    static string Columns(BinaryEnergy energy, IReadOnlyList<byte> sides, string title)
    {
        const double Step = 30, Left = 150, Right = Width - 150;
        int[][] columns = [.. Enumerable.Range(0, 2)
            .Select(side => Enumerable.Range(0, sides.Count).Where(v => sides[v] == side).ToArray())];
        int longest = Math.Max(columns[0].Length, columns[1].Length);
        double height = Step * Math.Max(1, longest) + 20;
        var places = new (double X, double Y)[sides.Count];
        for (int side = 0; side < 2; side++)
            for (int k = 0; k < columns[side].Length; k++)
                places[columns[side][k]] = (side == 0 ? Left : Right,
                    10 + Step * (k + 0.5) + Step * (longest - columns[side].Length) / 2);
        var drawing = new Drawing(title, Width, height);
        for (int e = 0; e < energy.Pairs; e++)
        {
            int a = energy.First[e], b = energy.Second[e];
            var (p, q) = (places[a], places[b]);
            string hint = $"{a + 1} – {b + 1}";
            if (sides[a] != sides[b]) drawing.Stroke(p.X, p.Y, q.X, q.Y, "class=\"thin\"", hint);
            else
            {
                // Edges that are not cut bend outward.
                double bend = (sides[a] == 0 ? -1 : 1) * Math.Min(90, 14 + Math.Abs(p.Y - q.Y) * 0.45);
                drawing.Line($"<path class=\"fault-line\" stroke-width=\"1.5\" d=\"M{Drawing.N(p.X)} {Drawing.N(p.Y)}"
                    + $"Q{Drawing.N(p.X + bend)} "
                    + $"{Drawing.N((p.Y + q.Y) / 2)} {Drawing.N(q.X)} {Drawing.N(q.Y)}\"><title>{hint}</title></path>");
            }
        }
        for (int v = 0; v < places.Length; v++)
        {
            drawing.Dot(places[v].X, places[v].Y, 10.5, $"class=\"bz-mark bz-paper c{sides[v]}\" stroke-width=\"1.5\"");
            drawing.Text(places[v].X, places[v].Y + 3, $"{v + 1}", "class=\"on\"", 10.5);
        }
        return drawing.Close();
    }

    static string Table(BinaryEnergy energy, IReadOnlyList<byte> sides, string title)
    {
        // At most so many cells a side; an edge darkens its cell.
        int n = sides.Count, cells = Math.Min(n, 200);
        int[] order = new int[n];
        int at = 0, first = 0;
        for (int side = 0; side < 2; side++)
        {
            for (int v = 0; v < n; v++)
                if (sides[v] == side) order[v] = at++;
            if (side == 0) first = at;
        }
        int[,] counts = new int[cells, cells];
        for (int e = 0; e < energy.Pairs; e++)
        {
            int a = (int)((long)order[energy.First[e]] * cells / n), b = (int)((long)order[energy.Second[e]] * cells / n);
            counts[a, b]++;
            counts[b, a]++;
        }
        double cell = Width / cells, middle = Width * first / n, most = Math.Max(1, counts.Cast<int>().Max());
        var drawing = new Drawing(title, Width, Width + 22);
        drawing.Box(0, 0, Width, Width, "class=\"thin\"");
        for (int a = 0; a < cells; a++)
            for (int b = 0; b < cells; b++)
            {
                if (counts[a, b] == 0) continue;
                bool isCut = (a + 0.5) * cell < middle != (b + 0.5) * cell < middle;
                drawing.Box(b * cell, a * cell, cell, cell, $"class=\"bz-mark {(isCut ? "c0" : "c4")}\" "
                    + $"opacity=\"{Drawing.N(0.35 + 0.65 * counts[a, b] / most)}\"");
            }
        drawing.Stroke(middle, 0, middle, Width, "class=\"frame\"");
        drawing.Stroke(0, middle, Width, middle, "class=\"frame\"");
        drawing.Text(0, Width + 16, "edges between vertices, sorted by side: blue between the sides (cut), red within one",
            anchor: "start");
        return drawing.Close();
    }
}
