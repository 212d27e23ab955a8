namespace Boltzmann.Experiments;

/// <summary>A sine with noise, learned step by step: the error of the last pass, each step predicted before it is learned.</summary>
sealed class NoisySineExperiment : SequenceExperiment
{
    const int Passes = 10, Echo = 100;

    public override string Name => "noisy-sine";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        Sequences data = context.Data.OpenSequences("noisy-sine", new() { Seed = context.Seed, ValidationShare = 0 }).Training;
        var table = new TextTable("machine", "step size", "RMSE, last pass");
        int passes = context.Quick ? 1 : Passes;
        foreach (int delay in (int[])[2, 20])
            foreach (bool hasEcho in (bool[])[false, true])
                foreach (double rate in (double[])[0.01, 0.02, 0.03, 0.05, 0.1, 0.2])
                {
                    double error = Error(data, context.Placement, delay, hasEcho, rate, passes, context.Seed);
                    string what = $"delay {delay}{(hasEcho ? $", echo {Echo}" : "")}";
                    table.Add($"dybm, {what}, decay 0.3", Short(rate), Short(error));
                    context.Found($"RMSE, {what}, step size {rate}", error);
                }
        var persistence = new PredictionErrors();
        double[] before = new double[1], row = new double[1];
        for (int t = 1; t < data.Steps.Count; t++)
        {
            data.Steps.Rows.Read(t - 1, before);
            data.Steps.Rows.Read(t, row);
            persistence.Add(row, before, false);
        }
        table.Add("persistence", "", Short(persistence.Rmse));
        foreach (string name in (string[])["Gaussian DyBM", "RNN-Gaussian DyBM"])
            table.Add($"{name} ({PublishedNumber(name).Source})", "", PublishedNumber(name).Value);
        table.Add("the noise itself", "", "0.1");
        WritePage(context, $"600 steps of a sine of period 80 with normal noise of deviation 0.1, {passes} passes by AdaGrad from empty "
            + "memories, nothing held out.", ("Every step is predicted before it is learned.", table));
    }

    static double Error(Sequences data, Placement placement, int delay, bool hasEcho, double rate, int passes, ulong seed)
    {
        var units = new GaussianLayer(1, placement: placement);
        var traces = new TraceMemory(1, delay, [0.3], placement: placement);
        SequenceModel model = hasEcho ? SequenceModel.Dybm(units, new EchoMemory(traces, Echo, new Rng(seed))) : SequenceModel.Dybm(units,
            traces);
        var learner = new OnlineLearner(model, new AdaGrad(), new()
        {
            IsExact = true,
            Clip = double.PositiveInfinity,
            LearningRate = rate,
            Momentum = 0
        }, seed);
        var errors = new PredictionErrors();
        var row = new double[1];
        for (int pass = 1; pass <= passes; pass++)
        {
            learner.Memory.Clear();
            for (int t = 0; t < data.Steps.Count; t++)
            {
                data.Steps.Rows.Read(t, row);
                var (prediction, _) = learner.Observe(row);
                if (pass == passes) errors.Add(row, prediction!, t == 0);
            }
        }
        return errors.Rmse;
    }
}
