#:project ../src/Boltzmann
// Why do people like the books they like? Visible units are books, on for "liked"; each hidden unit becomes a reason that several books
// share: binary factor analysis. The readers here are made up from four tastes that the machine is never told of, so that its reasons
// can be checked. Then it recommends: from some of a reader's answers it predicts the ones that are missing.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;

string[] tastes = ["science fiction", "detectives", "Russian novels", "sea and travel"];
(string Title, int[] Tastes)[] books =
[
    ("Solaris", [0]), ("Dune", [0]), ("Neuromancer", [0]), ("The Dispossessed", [0]), ("The Caves of Steel", [0, 1]),
    ("The Big Sleep", [1]), ("Gaudy Night", [1]), ("The Moonstone", [1]), ("A Study in Scarlet", [1]),
    ("Crime and Punishment", [1, 2]), ("Anna Karenina", [2]), ("Dead Souls", [2]), ("Fathers and Sons", [2]), ("We", [0, 2]),
    ("Moby-Dick", [3]), ("Typhoon", [3]), ("Kon-Tiki", [3]), ("The Voyage of the Beagle", [3]), ("Twenty Thousand Leagues", [0, 3]),
];
int count = books.Length;
var random = new Random(1);
Dataset readers = Ask(4000);
Matrix strangers = Ask(1000).ToMatrix();

var rbm = new Rbm(new BernoulliLayer(count), new BernoulliLayer(4));
rbm.SetRandomWeights(0.1, new Rng(seed: 1));
rbm.Visible.SetFromMoments(readers.Means(), [.. readers.Statistics.Variances]);
// A little L1 takes away the weights that nothing asks for, which makes factors easier to read.
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.005, 60), L1 = 0.002, L2 = 0 };
foreach (TrainingProgress progress in new Trainer(rbm, new ContrastiveDivergence(steps: 5), new Sgd(), options).Run(readers, epochs: 60))
    if (progress.Completed is { Number: 1 or 20 or 40 or 60 } epoch)
        Console.WriteLine($"epoch {epoch.Number,2}   exact log-likelihood of new readers {Exact.LogLikelihood(rbm, strangers).Mean:F2}");

// A unit may come out reversed, on when the taste is absent: then the books it speaks *against* share the taste.
Console.WriteLine("\nReasons found, with the books that weigh most:");
var found = new HashSet<int>();
foreach (FactorLoading factor in rbm.Factors(top: 5, strangers))
{
    bool reversed = factor.For.Sum(w => w.Weight) < -factor.Against.Sum(w => w.Weight);
    var named = reversed ? factor.Against : factor.For;
    var shared = named.SelectMany(w => books[w.Visible].Tastes).GroupBy(t => t).MaxBy(g => g.Count())!;
    if (shared.Count() == named.Count) found.Add(shared.Key);
    Console.WriteLine($"  hidden unit {factor.Hidden}, {(reversed ? "off" : "on")} for "
        + $"{(reversed ? 1 - factor.Activity : factor.Activity):P0} of readers; all share {tastes[shared.Key]}");
    Console.WriteLine("    " + string.Join(", ", named.Select(w => $"{books[w.Visible].Title} {w.Weight:+0.0;−0.0}")));
}

// Hide three answers of every reader, clamp the others, and sample.
Matrix known = strangers.Like(strangers.Rows, count);
for (int r = 0; r < known.Rows; r++)
{
    var row = Enumerable.Repeat(1.0, count).ToArray();
    foreach (int b in Enumerable.Range(0, count).OrderBy(_ => random.Next()).Take(3)) row[b] = 0;
    known.WriteRow(r, row);
}
var rng = new Rng(seed: 2);
var state = new State(rbm, strangers.Rows);
state[0].SampleUniform(rng);
state.ClampUnits(0, known, strangers);
Matrix liked = strangers.Like(strangers.Rows, count), now = strangers.Like(strangers.Rows, count);
Gibbs.Sweep(rbm, state, 50, rng);
for (int s = 0; s < 200; s++)
{
    Gibbs.Sweep(rbm, state, rng);
    rbm.SetVisibleMean(state[1], now);
    liked.SetSum(liked, 1, now, 1 / 200.0);
}

double[] share = readers.Means();
int hidden = 0, right = 0, rightByShare = 0;
for (int r = 0; r < strangers.Rows; r++)
    for (int b = 0; b < count; b++)
    {
        if (known[r, b] != 0) continue;
        bool likes = strangers[r, b] != 0;
        hidden++;
        right += liked[r, b] > 0.5 == likes ? 1 : 0;
        rightByShare += share[b] > 0.5 == likes ? 1 : 0;
    }
Console.WriteLine($"\n{hidden} hidden answers: {(double)right / hidden:P1} predicted right, {(double)rightByShare / hidden:P1} by what "
    + "most readers answer.");

int reader = Enumerable.Range(0, strangers.Rows).First(r => Likes(r).Length >= 5);
Console.WriteLine($"A reader who likes {string.Join(", ", Likes(reader).Select(b => books[b].Title))}:");
foreach (int b in Enumerable.Range(0, count).Where(b => known[reader, b] == 0).OrderByDescending(b => liked[reader, b]))
    Console.WriteLine($"  {books[b].Title,-26} p(likes it) = {liked[reader, b]:F2}, in truth "
        + $"{(strangers[reader, b] != 0 ? "likes it" : "does not")}");
return found.Count == tastes.Length && right > rightByShare + hidden / 20 ? 0 : 1;

int[] Likes(int reader) => [.. Enumerable.Range(0, count).Where(b => known[reader, b] != 0 && strangers[reader, b] != 0)];

// Each reader has some of the tastes; a book is liked for each of its reasons that the reader shares, or by accident.
Dataset Ask(int readers)
{
    var answers = new double[readers * count];
    for (int r = 0; r < readers; r++)
    {
        bool[] has = [.. tastes.Select(_ => random.NextDouble() < 0.35)];
        for (int b = 0; b < count; b++)
        {
            double not = 0.95;
            foreach (int taste in books[b].Tastes)
                if (has[taste]) not *= 0.2;
            answers[r * count + b] = random.NextDouble() < not ? 0 : 1;
        }
    }
    return new Dataset("readers", new NumberRows(answers, count)) { ColumnNames = [.. books.Select(b => b.Title)] };
}
