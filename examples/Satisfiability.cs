#:project ../src/Boltzmann
// Is there an assignment that satisfies every clause? An energy of clauses: 1 for each that none of its three literals keeps. Focused
// search flips variables of violated clauses; tempering moves all variables at many temperatures. Near 4.27 clauses a variable such
// formulas become hard, and beyond it most have no solution: then a search says how close it came, and never that there is none.
using Boltzmann.Searching;

const int Variables = 1000;
var random = new Random(1);
bool isFound = true;
foreach (double ratio in (double[])[3.5, 4.1, 5.0])
{
    var builder = new BinaryEnergyBuilder();
    builder.AddVariables(Variables);
    int clauses = (int)(ratio * Variables);
    for (int c = 0; c < clauses; c++)
    {
        int[] chosen = [.. Enumerable.Range(0, 3).Select(_ => random.Next(Variables))];
        if (chosen.Distinct().Count() < 3)
        {
            c--;
            continue;
        }
        // Literals are signed, from 1.
        builder.AddClause([.. chosen.Select(variable => random.Next(2) == 0 ? variable + 1 : -variable - 1)], 1);
    }
    BinaryEnergy energy = builder.Build();
    foreach (ISearchMethod method in (ISearchMethod[])[new FocusedSearch(), new Tempering()])
    {
        SearchResult result = Search.Best(energy, method, new StopRule { SatisfiedEnergy = 0, Seconds = 3 }, seed: 1);
        Console.WriteLine($"{ratio:F1} clauses a variable, {method.Name,-9}: {result.Energy:F0} of {clauses} violated, "
            + $"{result.Seconds:F3} s, " + result.Status.ToString().ToLowerInvariant());
        if (ratio < 4.2 && method is FocusedSearch) isFound &= result.Energy == 0;
        if (ratio > 4.5) isFound &= result.Energy > 0;
    }
}
return isFound ? 0 : 1;
