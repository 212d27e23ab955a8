#:project ../src/Boltzmann
// Trains a model into a run folder, opens it again by one name, and asks it from several threads at once: features, classes, completions,
// scores. Rows go in as the program has them, in the units of the data; what was done to the training's rows is in the model file.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Inference;
using Boltzmann.Models;
using Boltzmann.Runs;

string folder = Directory.CreateTempSubdirectory("front-door-").FullName;
try
{
    // A plan is what settings.json says, typed; a run writes metrics, checkpoints, model, pictures and report.
    TrainPlan plan = TrainPlan.Of(ModelKind.ClassificationRbm) with
    {
        Data = "pen strokes",
        Hidden = [100],
        Epochs = 6,
        Metrics = ["validation-accuracy"],
    };
    var context = new RunContext(new PenStrokes());
    RunOutcome run = RunLauncher.Start(plan, context, new() { Folder = Path.Combine(folder, "run") });

    var model = TrainedModel.Load(run.Folder.Path);
    Console.WriteLine($"{model}; classes {string.Join(" ", model.Classes!)}");

    Dataset test = Digits.Generate(400, stream: 1);
    float[][] rows = [.. Enumerable.Range(0, test.Count).Select(r => Array.ConvertAll(test.ToMatrix(r, 1).ReadRow(0), x => (float)x))];
    IReadOnlyList<Prediction> alone = model.Predict(rows);
    double accuracy = alone.Index().Average(p => (int)p.Item.Value == test.Labels![p.Index] ? 1.0 : 0);
    Console.WriteLine($"accuracy {accuracy:P1}");

    // What boltzmann evaluate prints, and the numbers in it.
    EvaluationResult judged = model.Evaluate(test);
    Console.Write(judged.ToText());
    bool agrees = Math.Abs(judged.Labels!.Score.Accuracy - accuracy) < 0.01;

    // One model, many readers: each thread gets the answers that one thread gets.
    var answers = new IReadOnlyList<Prediction>[8];
    Parallel.For(0, answers.Length, t => answers[t] = model.Predict(rows));
    bool areSame = answers.All(answer => answer.Zip(alone).All(pair => pair.First.Probabilities.SequenceEqual(pair.Second.Probabilities)));
    Console.WriteLine($"eight threads answer as one: {areSame}");

    // The lower half of a digit from the upper one: NaN stands for what is missing.
    float[] half = [.. rows[0].Take(392), .. Enumerable.Repeat(float.NaN, 392)];
    double[] completed = model.Complete((float[][])[half]).ReadRow(0);
    double error = completed.Skip(392).Zip(rows[0].Skip(392), (a, b) => (a - b) * (a - b)).Average();
    Console.WriteLine($"mean squared error of a completed half {error:F3}");

    // Digits upside down are strange to it.
    float[][] turned = [.. rows.Select(row => row.AsEnumerable().Reverse().ToArray())];
    Console.WriteLine($"free energy of digits {model.Score(rows).Average():F0}, turned {model.Score(turned).Average():F0}");
    ReadOnlySpan<float> one = rows[0];
    Console.WriteLine($"{model.Transform(one).Columns} features of one row");
    return accuracy > 0.8 && areSame && agrees ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

/// <summary>The program's own rows under a name of its own; Boltzmann.Data has a source of files and named sets.</summary>
sealed class PenStrokes : IDataSource
{
    public Dataset Open(string name, DataOptions options) => Digits.Generate(3000, options.Seed);

    public bool IsSet(string name) => true;

    public bool HasPart(string name, DataSplit part) => false;

    public ImageShape? ImageOf(string name) => null;
}
