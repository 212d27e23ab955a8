namespace Boltzmann.Reporting;

/// <summary>
/// Places for the vertices of a graph: edges pull, all vertices push each other away, less and less movement (Fruchterman and Reingold
/// 1991). It begins on a circle, so the same graph has the same picture.
/// </summary>
static class ForceLayout
{
    const int Rounds = 300;

    /// <summary>Places in the unit square.</summary>
    public static (double X, double Y)[] Places(int vertices, IReadOnlyList<(int First, int Second)> edges)
    {
        var places = new (double X, double Y)[vertices];
        // A golden angle between neighbours, on a spiral: no symmetry that forces could not leave.
        for (int v = 0; v < vertices; v++)
        {
            double angle = v * 2.399963, radius = Math.Sqrt((v + 0.5) / vertices) / 2;
            places[v] = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }
        double spring = 0.9 / Math.Sqrt(vertices);
        // Pushes are n² a round; larger graphs get fewer rounds.
        int rounds = (int)Math.Clamp(2e8 / ((double)vertices * vertices + 1), 20, Rounds);
        var moves = new (double X, double Y)[vertices];
        for (int round = 0; round < rounds; round++)
        {
            Array.Clear(moves);
            for (int a = 0; a < vertices; a++)
                for (int b = a + 1; b < vertices; b++)
                {
                    double x = places[a].X - places[b].X, y = places[a].Y - places[b].Y, square = x * x + y * y + 1e-9;
                    double push = spring * spring / square;
                    moves[a] = (moves[a].X + x * push, moves[a].Y + y * push);
                    moves[b] = (moves[b].X - x * push, moves[b].Y - y * push);
                }
            foreach (var (a, b) in edges)
            {
                double x = places[a].X - places[b].X, y = places[a].Y - places[b].Y, pull = Math.Sqrt(x * x + y * y) / spring;
                moves[a] = (moves[a].X - x * pull, moves[a].Y - y * pull);
                moves[b] = (moves[b].X + x * pull, moves[b].Y + y * pull);
            }
            double most = 0.1 * (1 - round / (double)rounds) + 1e-4;
            for (int v = 0; v < vertices; v++)
            {
                // A weak pull to the middle keeps parts that are not joined in the picture.
                double x = moves[v].X - 0.3 * places[v].X, y = moves[v].Y - 0.3 * places[v].Y, length = Math.Sqrt(x * x + y * y) + 1e-12;
                double step = Math.Min(length, most) / length;
                places[v] = (places[v].X + x * step, places[v].Y + y * step);
            }
        }
        return Fit(places);
    }

    /// <summary>Stretches places to the unit square, the same in both directions.</summary>
    public static (double X, double Y)[] Fit(IReadOnlyList<(double X, double Y)> places)
    {
        double left = places.Min(p => p.X), top = places.Min(p => p.Y);
        double span = Math.Max(1e-12, Math.Max(places.Max(p => p.X) - left, places.Max(p => p.Y) - top));
        return [.. places.Select(p => ((p.X - left) / span, (p.Y - top) / span))];
    }
}
