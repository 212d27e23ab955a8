#:project ../src/Boltzmann
// A stream, one reading at a time: the machine says what it expects, sees the reading, scores it by −log p, learns from it and remembers
// it. No data are kept. In the middle it is saved and loaded, as a service that is restarted would be, and goes on to the same numbers.
// Then something odd happens: one beat of a pulse is missing. No single reading is out of range, so only the past tells.
using Boltzmann;
using Boltzmann.Training;

const int Readings = 4000, Period = 25, Restart = 2000, Missing = 3510;
const double Alarm = 20;
var random = new Random(1);
double[] stream = [.. Enumerable.Range(0, Readings).Select(t =>
    (t % Period == 10 && t != Missing ? 1.0 : 0.0) + 0.4 * Math.Sin(2 * Math.PI * t / Period)
    + 0.05 * (random.NextDouble() - random.NextDouble()))];

string folder = Directory.CreateTempSubdirectory("online-anomaly-").FullName;
try
{
    // A queue of one period. Sgd has no state of its own; with another optimiser a saved SequenceTrainer goes on to the same bits.
    var learner = Learner(SequenceModel.Dybm(new GaussianLayer(1, sigma: 0.1), new TraceMemory(1, delay: Period + 1, decays: [])));
    double[] score = new double[Readings];
    for (int t = 0; t < Restart; t++) score[t] = -learner.Observe([stream[t]]).LogProbability;

    string file = Path.Combine(folder, "pulse.safetensors"), state = Path.Combine(folder, "memory.safetensors");
    ModelFile.Save(file, learner.Model);
    SequenceState.Save(state, learner.Model, learner.Memory);
    var restarted = Learner(ModelFile.LoadSequence(file));
    restarted.Memory.CopyFrom(SequenceState.Load(state, restarted.Model));

    bool isSame = true;
    for (int t = Restart; t < Readings; t++)
    {
        score[t] = -restarted.Observe([stream[t]]).LogProbability;
        if (t < Restart + 100) isSame &= score[t] == -learner.Observe([stream[t]]).LogProbability;
    }

    Console.WriteLine("readings      mean of −log p [nats]");
    for (int from = 0; from < Readings; from += 500)
        Console.WriteLine($"{from + 1,5}–{from + 500,-5}   {score[from..(from + 500)].Average(),8:F3}");
    Console.WriteLine($"restarted before reading {Restart + 1}: the next hundred scores are {(isSame ? "" : "not ")}the same bits");
    int[] alarms = [.. Enumerable.Range(Restart, Readings - Restart).Where(t => score[t] > Alarm)];
    foreach (int t in alarms) Console.WriteLine($"odd: reading {t + 1} is {stream[t]:F2}, with a score of {score[t]:F1} nats");
    // A memory of one period expects the gap again, so the next beat surprises it, too.
    return isSame && alarms is [Missing, Missing + Period] ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static OnlineLearner Learner(SequenceModel model) =>
    new(model, new Sgd(), new() { IsExact = true, LearningRate = 1, Momentum = 0, Clip = double.PositiveInfinity });
