namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Times the learning of machines with memory, on random piano rolls, always the same ones, of the size and density of folk tunes.
/// </summary>
static class SequenceBenchmark
{
    const string Dybm = "dybm", RnnRbm = "rnn-rbm";
    const int Delay = 4, Hidden = 150, Recurrent = 100, Steps = 15, BatchSize = 10, Truncate = 100;

    // Epochs are short, and the best one counts: a busy machine spoils some of them.
    const int OnlineTunes = 10, OnlineEpochs = 30, Tunes = 30, Epochs = 5;

    static readonly double[] decays = [0.5, 0.9];

    /// <summary>What there is, for all threads and for one.</summary>
    public static IEnumerable<(string Name, int Threads)> Cases(int threads)
    {
        foreach (string machine in (string[])[Dybm, RnnRbm])
            foreach (int team in threads > 1 ? [threads, 1] : (int[])[1]) yield return ($"{machine} {BenchCase.ThreadsWords(team)}", team);
    }

    /// <summary>What a name stands for, in words.</summary>
    public static string Words(string name) => IsOnline(name)
        ? $"dybm, {SequenceRolls.Keys} units, delay {Delay}, {decays.Length} traces, AdaGrad, online"
        : $"rnn-rbm, {SequenceRolls.Keys}-{Hidden}, {Recurrent} recurrent, CD-{Steps}, batches of {BatchSize}, cut after {Truncate} steps";

    /// <summary>Steps learned in a second: the best of some epochs.</summary>
    public static double Measure(string name, int threads, int vectorBits, ulong seed)
    {
        var placement = new Placement(new CpuBackend(threads, vectorBits), Precision.Float32);
        bool isOnline = IsOnline(name);
        Sequences rolls = SequenceRolls.Generate(isOnline ? OnlineTunes : Tunes);
        SequenceTrainer trainer = isOnline ? Online(placement, seed) : ThroughTime(placement, seed);
        return trainer.Run(rolls, isOnline ? OnlineEpochs : Epochs).Where(p => p.Completed is not null)
            .Max(p => p.Completed!.Metrics[SequenceTrainer.StepsPerSecond]);
    }

    static bool IsOnline(string name) => name.StartsWith(Dybm, StringComparison.Ordinal);

    static SequenceTrainer Online(Placement placement, ulong seed)
    {
        var visible = new BernoulliLayer(SequenceRolls.Keys, placement: placement);
        var model = SequenceModel.Dybm(visible, new TraceMemory(SequenceRolls.Keys, Delay, decays, placement: placement));
        return new(model, new AdaGrad(), new() { IsOnline = true, IsExact = true, Clip = double.PositiveInfinity }, seed);
    }

    static SequenceTrainer ThroughTime(Placement placement, ulong seed)
    {
        const double deviation = 0.01;
        var memory = new RecurrentMemory(SequenceRolls.Keys, Recurrent, placement);
        var model = SequenceModel.RnnRbm(new BernoulliLayer(SequenceRolls.Keys, placement: placement),
            new BernoulliLayer(Hidden, placement: placement), memory);
        model.SetRandomWeights(deviation, new Rng(seed));
        return new(model, new Sgd(), new() { BatchSize = BatchSize, Truncate = Truncate, Steps = Steps, LearningRate = 0.001 }, seed);
    }
}
