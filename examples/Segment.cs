#:project ../src/Boltzmann
// Which pixels belong together: a grey picture is divided into ground, body and light. A pixel's label is a block of three units, so each
// has exactly one; a label costs the square of its distance from the grey, and neighbours of different labels cost something (Potts). The
// lowest energy is compared with the nearest label of each pixel by itself, and with going downhill from there, pixel by pixel (iterated
// conditional modes, Besag 1986).
using Boltzmann.Searching;

const int Side = 40;
const double Deviation = 0.22, Coupling = 1.3;
double[] greys = [0.15, 0.5, 0.85];
var random = new Random(1);
int[] truth = new int[Side * Side];
double[] seen = new double[Side * Side];
for (int y = 0; y < Side; y++)
    for (int x = 0; x < Side; x++)
    {
        bool isBody = Math.Pow((x - 19) / 15.0, 2) + Math.Pow((y - 21) / 13.0, 2) < 1, isLight = x is > 15 and < 25 && y is > 13 and < 24;
        truth[y * Side + x] = isLight ? 2 : isBody ? 1 : 0;
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        seen[y * Side + x] = greys[truth[y * Side + x]] + Deviation * normal;
    }

var problem = new Problem();
IntegerVariable[] label = [.. seen.Select((_, i) => problem.Integer($"row{i / Side + 1}.column{i % Side + 1}", 0, greys.Length - 1,
    IntegerEncoding.OneHot))];
for (int i = 0; i < seen.Length; i++)
    for (int k = 0; k < greys.Length; k++)
    {
        problem.Cost(label[i].Is(k), Cost(i, k));
        // Equal neighbours earn what different ones would cost.
        foreach (int next in Neighbours(i))
            if (next > i) problem.Cost(label[i].Is(k), label[next].Is(k), -Coupling);
    }

ProblemResult result = Search.Best(problem, new Tempering(), new StopRule { Sweeps = 300 }, seed: 1);
int[] found = [.. label.Select(pixel => result.Best[pixel])];
int[] nearest = [.. Enumerable.Range(0, seen.Length).Select(i => Enumerable.Range(0, greys.Length).MinBy(k => Cost(i, k)))];
int[] downhill = Downhill(nearest);

foreach (var (name, labels) in ((string, int[])[])[("each pixel by itself", nearest), ("found", found)])
{
    Console.WriteLine($"{name}:");
    for (int y = 0; y < Side; y += 2) Console.WriteLine(string.Concat(labels.Skip(y * Side).Take(Side).Select(k => " ░█"[k])));
}
Console.WriteLine($"{"",-22} wrong of {Side * Side}   energy");
foreach (var (name, labels) in ((string, int[])[])[("each pixel by itself", nearest), ("downhill from there", downhill), ("found", found),
    ("truth", truth)])
    Console.WriteLine($"{name,-22} {Wrong(labels),13}   {Energy(labels):F1}");
Console.WriteLine($"{problem.Variables} units in {label.Length} blocks, {result.Seconds:F1} s; the search's own energy "
    + $"{result.Energy + Coupling * Pairs():F1}");
bool isSame = Math.Abs(result.Energy + Coupling * Pairs() - Energy(found)) < 1e-6;
return isSame && Energy(found) < Energy(downhill) && Energy(found) <= Energy(truth) && Wrong(found) < Wrong(downhill) ? 0 : 1;

// −log p(grey | label) of normal noise, without its constant.
double Cost(int pixel, int k) => Math.Pow(seen[pixel] - greys[k], 2) / (2 * Deviation * Deviation);

static IEnumerable<int> Neighbours(int i)
{
    if (i % Side > 0) yield return i - 1;
    if (i % Side < Side - 1) yield return i + 1;
    if (i >= Side) yield return i - Side;
    if (i < Side * (Side - 1)) yield return i + Side;
}

static int Pairs() => 2 * Side * (Side - 1);

double Energy(int[] labels) => Enumerable.Range(0, labels.Length).Sum(i => Cost(i, labels[i])
    + Coupling * Neighbours(i).Count(next => next > i && labels[next] != labels[i]));

int Wrong(int[] labels) => labels.Zip(truth).Count(pair => pair.First != pair.Second);

int[] Downhill(int[] start)
{
    int[] labels = [.. start];
    for (bool moves = true; moves;)
    {
        moves = false;
        for (int i = 0; i < labels.Length; i++)
        {
            int best = Enumerable.Range(0, greys.Length).MinBy(k => Cost(i, k) + Coupling * Neighbours(i).Count(next => labels[next] != k));
            moves |= best != labels[i];
            labels[i] = best;
        }
    }
    return labels;
}
