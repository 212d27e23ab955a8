#:project ../src/Boltzmann
// Divides the vertices of a graph into two sides so that as many edges as possible lie between them: a machine whose weights are given.
// A unit is a vertex, its state a side; an edge costs energy if its ends are on one side. Heat carries the machine out of states that no
// single step betters, in which descent ends.
using Boltzmann;
using Boltzmann.Searching;

const int Vertices = 400, Edges = 1600;
var random = new Random(1);
var builder = new BinaryEnergyBuilder();
builder.AddVariables(Vertices);
for (int edge = 0; edge < Edges; edge++)
{
    int a = random.Next(Vertices), b = (a + 1 + random.Next(Vertices - 1)) % Vertices;
    // −1 if the ends differ: −(x + y − 2xy).
    builder.Add(a, -1);
    builder.Add(b, -1);
    builder.Add(a, b, 2);
}
BinaryEnergy energy = builder.Build();
var stop = new StopRule { Sweeps = 2000 };

Console.WriteLine($"{Vertices} vertices, {Edges} edges; sides drawn by lot cut {Edges / 2} on average.");
double descent = 0, tempering = 0;
foreach (ISearchMethod method in (ISearchMethod[])[new Descent(), new Annealing(), new Tempering()])
{
    SearchResult result = Search.Best(energy, method, stop, seed: 1);
    Console.WriteLine($"{method.Name,-10} cuts {-result.Energy}, found after {result.Trace[^1].Sweeps} sweeps of {result.Sweeps}");
    if (method is Descent) descent = -result.Energy;
    if (method is not Tempering) continue;
    tempering = -result.Energy;
    Console.WriteLine("The temperatures that tempering has chosen, hottest first:");
    foreach (LadderRung rung in result.Ladder)
        Console.WriteLine($"   beta {rung.Beta:F2}   mean cut {-rung.Energy:F0}"
            + (double.IsNaN(rung.SwapRate) ? "" : $"   exchanged with the next: {rung.SwapRate:P0}"));
}

// A small graph is solved exactly, and every vertex asked how it stands at a temperature.
var path = new BinaryEnergyBuilder();
path.AddVariables(30);
for (int i = 1; i < 30; i++) path.AddSpins(i - 1, i, -1);
path.AddSpin(0, -1);
ExactInference chain = ExactInference.Of(path.Build(), beta: 1)!;
Console.WriteLine($"A chain of 30 spins that hold on to each other, the first with a preference: log Z = {chain.LogPartition:F4}, "
    + $"p(up) = {chain.Marginals[0]:F3} at the first, {chain.Marginals[^1]:F3} at the last.");
return tempering > descent ? 0 : 1;
