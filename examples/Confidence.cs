#:project ../src/Boltzmann
// How sure is a diagnosis? Causes are rare, each explains some findings, and a finding without any of its causes, or a cause without one
// of its findings, is possible but costs something. The most probable explanation is one state; what is asked is how probable each cause
// is, over all of them: p(x) ∝ e^(−E(x)), E in nats. Told exactly, from tempering's chains with their errors, and checked by summing over
// all states.
using Boltzmann.Searching;

string[] causes = ["cold", "flu", "allergy", "asthma", "anaemia", "migraine", "stress", "measles", "angina", "ulcer", "thyroid", "gout"];
double[] rates = [0.10, 0.04, 0.08, 0.03, 0.02, 0.05, 0.12, 0.002, 0.02, 0.02, 0.02, 0.01];
(string Finding, bool IsSeen, string[] Causes)[] findings =
[
    ("cough", true, ["cold", "flu", "asthma"]), ("fever", false, ["flu", "measles", "angina"]),
    ("sneezing", true, ["cold", "allergy"]), ("rash", false, ["allergy", "measles"]), ("short of breath", true, ["asthma", "anaemia"]),
    ("tired", true, ["flu", "anaemia", "stress", "thyroid"]), ("headache", true, ["flu", "migraine", "stress"]),
    ("sore throat", false, ["cold", "angina"]), ("stomach ache", false, ["ulcer", "stress"]), ("sore toe", false, ["gout"]),
];
// −log of how often a finding comes of nothing, and of how often a cause stays without one of its findings.
const double OfNothing = 3, Missing = 1.2;

var builder = new BinaryEnergyBuilder();
builder.AddVariables(causes.Length);
for (int i = 0; i < causes.Length; i++) builder.Add(i, Math.Log((1 - rates[i]) / rates[i]));
foreach (var (_, isSeen, by) in findings)
{
    int[] own = [.. by.Select(cause => Array.IndexOf(causes, cause))];
    if (isSeen) builder.AddClause([.. own.Select(i => i + 1)], OfNothing);
    else
        foreach (int i in own) builder.Add(i, Missing);
}
BinaryEnergy energy = builder.Build();

SearchResult best = Search.Best(energy, new Enumeration(), new StopRule());
Marginals exact = Search.Marginals(energy, temperature: 1, new StopRule());
Marginals sampled = Search.Best(energy, new Tempering { Temperature = 1 }, new StopRule { Sweeps = 3000 }, seed: 1).Marginals!;

// All 4096 explanations.
double[] sums = new double[causes.Length];
double z = 0;
for (int state = 0; state < 1 << causes.Length; state++)
{
    byte[] x = [.. Enumerable.Range(0, causes.Length).Select(i => (byte)(state >> i & 1))];
    double p = Math.Exp(-energy.Of(x));
    z += p;
    for (int i = 0; i < sums.Length; i++) sums[i] += x[i] * p;
}

Console.WriteLine($"seen: {string.Join(", ", findings.Where(f => f.IsSeen).Select(f => f.Finding))}; not: "
    + string.Join(", ", findings.Where(f => !f.IsSeen).Select(f => f.Finding)));
Console.WriteLine($"the most probable explanation, {string.Join(" and ", causes.Where((_, i) => best.Assignment[i] != 0))}, has "
    + $"p = {Math.Exp(-best.Energy) / z:P1}");
Console.WriteLine($"{"",-10} {"alone",7} {"p, exactly",11}   by chains");
bool isRight = true;
for (int i = 0; i < causes.Length; i++)
{
    double p = sums[i] / z;
    isRight &= Math.Abs(exact.Means[i] - p) < 1e-9 && Math.Abs(sampled.Means[i] - p) < 5 * sampled.StandardErrors[i];
    Console.WriteLine($"{causes[i],-10} {rates[i],7:P1} {exact.Means[i],11:P1}   {sampled.Means[i]:P1} ± {sampled.StandardErrors[i]:P2}"
        + (best.Assignment[i] != 0 ? "   in the explanation" : ""));
}
int[] unsure = [.. Enumerable.Range(0, causes.Length).Where(i => exact.Means[i] is > 0.1 and < 0.9)];
Console.WriteLine($"{unsure.Length} causes are open, which one explanation cannot tell: "
    + string.Join(", ", unsure.Select(i => causes[i])));
return isRight && unsure.Length > 0 && Math.Exp(-best.Energy) / z < 0.5 ? 0 : 1;
