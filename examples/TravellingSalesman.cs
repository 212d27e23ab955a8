#:project ../src/Boltzmann
// The travelling salesman, with whom the literature begins (Hopfield and Tank 1985): a place of the tour is a block of one unit for each
// city, every city comes once, and neighbouring places cost their distance. What is found is compared with the shortest tour, which a
// table over all sets of cities tells (Held and Karp 1962), and with going to the nearest city each time. A permutation is no natural
// state of such a machine: beyond some ten cities it is slow, and tours of hundreds belong to a tour solver.
using Boltzmann.Reporting;
using Boltzmann.Searching;

RoundTrip trip = RoundTrip.Between(
    [(16.4, 48.2), (14.5, 46.1), (19.0, 47.5), (14.4, 50.1), (21.0, 52.2), (13.4, 52.5), (12.6, 55.7), (4.9, 52.4), (4.4, 50.8),
        (2.4, 48.9), (7.4, 46.9), (12.5, 41.9)],
    ["Vienna", "Ljubljana", "Budapest", "Prague", "Warsaw", "Berlin", "Copenhagen", "Amsterdam", "Brussels", "Paris", "Bern", "Rome"]);
int n = trip.Names.Count;
double shortest = Shortest(), nearest = Nearest();

var stop = new StopRule { Target = shortest + 1e-9, Seconds = 20 };
ProblemResult result = Search.Best(trip.Problem, new Tempering(), stop, seed: 1);
int[]? tour = trip.Tour(result.Best);
Console.Write(TourDrawing.Text(trip, tour));
Console.WriteLine($"{n} cities, {trip.Problem.Variables} units, {Enumerable.Range(1, n - 1).Aggregate(1, (a, b) => a * b) / 2:N0} tours");
Console.WriteLine($"nearest city each time {nearest:F2}, found {result.Best.Objective:F2} after {result.Seconds:F2} s, shortest "
    + $"{shortest:F2}");

// The same with twice the cities: what a permutation costs.
var random = new Random(2);
RoundTrip larger = RoundTrip.Between([.. Enumerable.Range(0, 24).Select(_ => (random.NextDouble(), random.NextDouble()))]);
ProblemResult twice = Search.Best(larger.Problem, new Tempering(), new StopRule { Seconds = 2 }, seed: 1);
int[] order = larger.Tour(twice.Best) ?? [.. Enumerable.Range(0, 24)];
double improved = larger.Length(Uncrossed(larger, order));
Console.WriteLine($"24 cities, 2 s: {twice.Best.Objective:F2}; when parts of that tour are turned around, with which a tour solver begins: "
    + $"{improved:F2}");
return tour is not null && Math.Abs(trip.Length(tour) - shortest) < 1e-6 && shortest <= nearest ? 0 : 1;

double Distance(int a, int b) => double.Hypot(trip.Positions![a].X - trip.Positions[b].X, trip.Positions[a].Y - trip.Positions[b].Y);

// best[set, last]: the shortest way from city 0 through a set of the others that ends at one of them.
double Shortest()
{
    int others = n - 1, sets = 1 << others;
    double[,] best = new double[sets, others];
    for (int set = 1; set < sets; set++)
        for (int last = 0; last < others; last++)
        {
            best[set, last] = double.PositiveInfinity;
            int before = set & ~(1 << last);
            if (before == set) continue;
            if (before == 0) best[set, last] = Distance(0, last + 1);
            for (int k = 0; k < others; k++)
                if ((before >> k & 1) != 0) best[set, last] = Math.Min(best[set, last], best[before, k] + Distance(k + 1, last + 1));
        }
    return Enumerable.Range(0, others).Min(last => best[sets - 1, last] + Distance(last + 1, 0));
}

double Nearest()
{
    List<int> way = [0];
    while (way.Count < n) way.Add(Enumerable.Range(0, n).Except(way).MinBy(city => Distance(way[^1], city)));
    return trip.Length(way);
}

static int[] Uncrossed(RoundTrip cities, int[] order)
{
    for (bool isBetter = true; isBetter;)
    {
        isBetter = false;
        for (int a = 0; a < order.Length; a++)
            for (int b = a + 2; b <= order.Length; b++)
            {
                int[] turned = [.. order[..a], .. order[a..b].Reverse(), .. order[b..]];
                if (cities.Length(turned) >= cities.Length(order) - 1e-12) continue;
                (order, isBetter) = (turned, true);
            }
    }
    return order;
}
