#:project ../src/Boltzmann.Data
// What comes next: a machine with memory learns the first 540 steps of a noisy sine, forecasts the last 60 with a band of its own sampled
// futures, and is compared with what came. Two numbers judge it: the error of one step ahead beside that of persistence, the step before,
// and how much of what came lies in the band of nine futures in ten. dotnet run Forecast.cs -- sunspots takes that set, or a file.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Inference;
using Boltzmann.Models;
using Boltzmann.Reporting;
using Boltzmann.Runs;

string folder = Directory.CreateTempSubdirectory("forecast-").FullName;
try
{
    var context = new RunContext(new DataCatalog());
    SequencePlan plan = SequencePlan.Of(ModelKind.Dybm) with { Data = args is [var named] ? named : "noisy-sine", Delay = 20 };
    RunOutcome run = RunLauncher.Start(plan, context, new() { Folder = Path.Combine(folder, "run") });
    double error = run.Result["rmse"], persistence = run.Result["persistence-rmse"];
    Console.WriteLine($"one step ahead, on steps held out: root mean square error {error:F3}, of persistence {persistence:F3}");

    TrainedSequences trained = TrainedSequences.Load(run.Folder.Path);
    Sequences seen = trained.Open(new() { Split = DataSplit.Train }, context);
    Sequences later = trained.Open(new() { Split = DataSplit.Validation }, context);
    MemoryState memory = SequenceReading.Ends(trained.Model, trained.Prepared(seen))[0];

    // The part held out begins with steps that only fill the memory, which are the last ones of those learned.
    double[][] came = [.. Rows(later).Skip(later.WarmUp[0]).Take(60)];
    Forecast forecast = Forecast.Of(trained, memory, horizon: came.Length, paths: 500, seed: 1);
    int inside = Enumerable.Range(0, came.Length).Count(h => came[h][0] >= forecast.Low![h, 0] && came[h][0] <= forecast.High![h, 0]);
    for (int h = 0; h < came.Length; h += 10)
        Console.WriteLine($"{h + 1,3} steps ahead: {forecast.Mean[h, 0],6:F2}, from {forecast.Low![h, 0],6:F2} to "
            + $"{forecast.High![h, 0],5:F2}; came {came[h][0],6:F2}");
    Console.WriteLine($"{inside} of {came.Length} steps came to lie in the band of 90 %");

    double[][] RowsOf(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(r => rows.ReadRow(r))];
    string file = Path.Combine(Path.GetTempPath(), "boltzmann-forecast.svg");
    File.WriteAllText(file, ForecastChart.Future($"{seen.Name}: {came.Length} steps ahead", [.. Rows(seen)], RowsOf(forecast.Mean),
        RowsOf(forecast.Low!), RowsOf(forecast.High!), actual: came));
    Console.WriteLine($"drawn in {file}");
    return error < persistence && inside >= came.Length * 3 / 4 ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static IEnumerable<double[]> Rows(Sequences data)
{
    for (int t = 0; t < data.Steps.Count; t++)
    {
        var row = new double[data.Columns];
        data.Steps.Rows.Read(t, row);
        yield return row;
    }
}
