namespace Boltzmann.Tests.Temporal;

/// <summary>What holds of every machine with memory.</summary>
public class SequenceLaws
{
    public static TheoryData<string, string, string> All => SmallSequences.All();

    public static TheoryData<string, string, string> Countable => SmallSequences.Countable();

    [Theory, MemberData(nameof(Countable))]
    public void Probabilities_of_all_sequences_of_three_steps_add_up_to_1(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        int states = (int)model.Visible.StateCount!, count = states * states * states;
        var each = new Matrix(states, model.Visible.Units, model.Placement);
        model.Visible.SetStates(0, each);
        var rows = new Matrix(3 * count, model.Visible.Units, model.Placement);
        for (int s = 0; s < count; s++)
            for (int t = 0, rest = s; t < 3; t++, rest /= states) rows.WriteRow(3 * s + t, each.ReadRow(rest % states));
        var all = new Sequences(new Dataset("all", new MatrixRows(rows)), [.. Enumerable.Range(0, count).Select(s => 3 * s)]);
        double sum = SequenceEvaluation.LogLikelihood(model, all).PerSequence().Sum(Math.Exp);
        Assert.Equal(1, sum, 10);
    }

    [Theory, MemberData(nameof(All))]
    public void A_sequence_among_others_gives_what_it_gives_alone(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 4, 1, 7, 2);
        double[] together = SequenceEvaluation.LogLikelihood(model, data).PerSequence();
        for (int s = 0; s < data.Count; s++)
            Assert.Equal(SequenceEvaluation.LogLikelihood(model, data.Select([s])).PerSequence()[0], together[s], 12);
    }

    [Theory, MemberData(nameof(All))]
    public void The_whole_is_its_beginning_and_the_rest_given_the_memory_after_it(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 9);
        IReadOnlyList<double> whole = SequenceEvaluation.LogLikelihood(model, data).PerStep;
        IReadOnlyList<double> rest = SequenceEvaluation.LogLikelihood(model, data.Range(0, 5, 4, before: 5)).PerStep;
        Assert.Equal(whole.Skip(5), rest.Skip(5));
    }

    [Theory, MemberData(nameof(All))]
    public void Reading_changes_no_parameter(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 5, 3);
        double[][,] before = [.. model.Parameters.Select(p => p.Value.ToArray())];
        for (int pass = 0; pass < 3; pass++)
        {
            SequenceEvaluation.LogLikelihood(model, data);
            SequenceEvaluation.Predictions(model, data);
        }
        Assert.Equal(before, model.Parameters.Select(p => p.Value.ToArray()));
    }

    /// <summary>4000 chains: five standard errors of a mean of numbers from 0 to 1 are 0.04.</summary>
    [Theory, MemberData(nameof(Countable))]
    public void Predictions_by_chains_are_those_by_sums(string memory, string visible, string hidden)
    {
        if (hidden == "none") return;
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 4);
        Matrix exact = SequenceEvaluation.Predictions(model, data, keeps: true).Predictions!;
        var chains = new SequenceScoring { Samples = 4000, Sweeps = 20, MostStates = 0 };
        Matrix drawn = SequenceEvaluation.Predictions(model, data, chains, keeps: true).Predictions!;
        for (int t = 0; t < 4; t++)
            for (int c = 0; c < exact.Columns; c++) Assert.Equal(exact[t, c], drawn[t, c], 0.04);
    }

    [Theory, MemberData(nameof(Countable))]
    public void Predictions_are_means_over_all_next_steps(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 4);
        Matrix predictions = SequenceEvaluation.Predictions(model, data, keeps: true).Predictions!;
        int states = (int)model.Visible.StateCount!;
        var each = new Matrix(states, model.Visible.Units, model.Placement);
        model.Visible.SetStates(0, each);
        for (int t = 0; t < 4; t++)
        {
            var mean = new double[model.Visible.Units];
            for (int s = 0; s < states; s++)
            {
                Matrix rows = data.Steps.ToMatrix(0, t + 1, model.Placement);
                rows.WriteRow(t, each.ReadRow(s));
                var ended = new Sequences(new Dataset("ended", new MatrixRows(rows)));
                double p = Math.Exp(SequenceEvaluation.LogLikelihood(model, ended).PerStep[t]);
                for (int c = 0; c < mean.Length; c++) mean[c] += p * each[s, c];
            }
            for (int c = 0; c < mean.Length; c++) Assert.Equal(mean[c], predictions[t, c], 10);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Annealing_brackets_the_exact_number(string memory, string visible, string hidden)
    {
        if (hidden == "none") return;
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 6, 3);
        double exact = SequenceEvaluation.LogLikelihood(model, data).Mean;
        SequenceScore walked = SequenceEvaluation.LogLikelihood(model, data, new() { IsAnnealed = true, Chains = 200, Betas = 200 });
        Assert.Equal("annealing", walked.Method);
        Assert.Equal(exact, walked.Mean, 0.05);
        Assert.Equal(exact, walked.BackwardMean!.Value, 0.05);
    }

    [Theory, MemberData(nameof(All))]
    public void Annealing_finds_each_step_though_contexts_are_far_apart(string memory, string visible, string hidden)
    {
        if (hidden == "none" || memory is "hidden" or "recurrent") return;
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        model.ToVisible!.SetSum(model.ToVisible, 5);
        Sequences data = SmallSequences.Data(model, 6, 3);
        IReadOnlyList<double> exact = SequenceEvaluation.LogLikelihood(model, data).PerStep;
        SequenceScore walked = SequenceEvaluation.LogLikelihood(model, data, new() { IsAnnealed = true, Chains = 500, Betas = 500 });
        Assert.True(exact.Max() - exact.Min() > 3);
        for (int t = 0; t < exact.Count; t++)
        {
            Assert.Equal(exact[t], walked.PerStep[t], 0.2);
            Assert.Equal(exact[t], walked.PerStepBackward![t], 0.2);
        }
    }

    // Sequences of one step, shorter than the delay, and of the same step again and again, silent where units can be.
    [Theory, MemberData(nameof(All))]
    public void Constant_and_short_sequences_are_judged_and_predicted(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        var rows = new Matrix(8, model.Visible.Units, model.Placement);
        if (visible == "multinomial") rows.SetOneHot(new int[8]);
        var data = new Sequences(new Dataset("constant", new MatrixRows(rows)), [0, 1, 3]);
        SequenceScore score = SequenceEvaluation.LogLikelihood(model, data);
        Assert.All(score.PerStep, log => Assert.True(double.IsFinite(log)));
        // The first step of each has nothing behind it.
        Assert.Equal(score.PerStep[0], score.PerStep[1], 1e-12);
        Assert.Equal(score.PerStep[0], score.PerStep[3], 1e-12);
        Assert.Equal(score.PerStep[2], score.PerStep[4], 1e-12);
        PredictionScore predictions = SequenceEvaluation.Predictions(model, data);
        Assert.Equal((8, 5), (predictions.Model.Steps, predictions.Persistence.Steps));
        Assert.True(double.IsFinite(predictions.Model.Rmse));
        Assert.Equal(0, predictions.Persistence.Rmse);
    }

    [Theory, MemberData(nameof(All))]
    public void A_file_holds_all_of_it(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 6, 3);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            ModelFile.Save(path, model);
            SequenceModel read = ModelFile.LoadSequence(path);
            Assert.Equal(model.Description.ToJson(), read.Description.ToJson());
            Assert.Equal(SequenceEvaluation.LogLikelihood(model, data).PerStep, SequenceEvaluation.LogLikelihood(read, data).PerStep);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
