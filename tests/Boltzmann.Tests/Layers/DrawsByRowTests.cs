using Boltzmann.Evaluation;

namespace Boltzmann.Tests.Layers;

/// <summary>Multinomial units whose rows have draws of their own: a row is the row of a layer with so many draws.</summary>
public sealed class DrawsByRowTests
{
    const int Words = 5;

    static readonly double[] lengths = [4, 1, 0, 7, 4, 130, 2, 3, 4];

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Each_row_is_drawn_as_with_its_number_for_all(Precision precision)
    {
        foreach (Backend backend in (Backend[])[new CpuBackend(1, 512), new CpuBackend(1, 256), new CpuBackend(1, 128),
            new CpuBackend(2, 512), ReferenceBackend.Shared])
        {
            var placement = new Placement(backend, precision);
            Matrix inputs = Inputs(placement), bias = Bias(placement), drawn = inputs.Like(lengths.Length, Words);
            drawn.SampleSoftmax(inputs, bias, Column(placement), new Rng(3));
            for (int r = 0; r < lengths.Length; r++)
            {
                if (lengths[r] == 0) Assert.All(drawn.ReadRow(r), count => Assert.Equal(0, count));
                else
                {
                    Matrix alike = inputs.Like(lengths.Length, Words);
                    alike.SampleSoftmax(inputs, bias, Words, (int)lengths[r], new Rng(3));
                    Assert.Equal(alike.ReadRow(r), drawn.ReadRow(r));
                }
            }
        }
    }

    [Fact]
    public void Means_and_normalizers_are_those_of_layers_with_the_draws_of_each_row()
    {
        Placement placement = Placement.Default.Double;
        Matrix inputs = Inputs(placement), means = inputs.Like(lengths.Length, Words), logs = inputs.Like(lengths.Length, 1);
        MultinomialLayer layer = Layer(MultinomialLayer.DrawsOfRow);
        Layer view = layer.OfRows(Column(placement));
        view.SetMean(inputs, means);
        logs.Fill(1);
        view.AddLogNormalizer(inputs, logs, 2);
        for (int r = 0; r < lengths.Length; r++)
        {
            if (lengths[r] == 0) continue;
            MultinomialLayer fixedOne = layer.WithDraws((int)lengths[r]);
            Matrix row = inputs.RowRange(r, 1), mean = inputs.Like(1, Words), log = inputs.Like(1, 1);
            fixedOne.SetMean(row, mean);
            log.Fill(1);
            fixedOne.AddLogNormalizer(row, log, 2);
            Assert.Equal(log[0, 0], logs[r, 0], 1e-12);
            for (int c = 0; c < Words; c++) Assert.Equal(mean[0, c], means[r, c], 1e-12);
        }
    }

    [Fact]
    public void The_energy_of_a_row_is_that_of_its_number_of_draws()
    {
        MultinomialLayer layer = Layer(MultinomialLayer.DrawsOfRow);
        double[][] rows = [[2, 0, 1, 0, 1], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0], [300, 0, 2, 1, 40]];
        foreach (double[] row in rows)
        {
            Matrix states = Matrix.Row(row, Placement.Default.Double), own = states.Like(1, 1), settled = states.Like(1, 1);
            layer.AddEnergy(states, own);
            if (row.Sum() > 0) layer.WithDraws((int)row.Sum()).AddEnergy(states, settled);
            Assert.Equal(settled[0, 0], own[0, 0], 1e-9);
        }
    }

    [Fact]
    public void Log_factorials_are_sums_of_logarithms()
    {
        double sum = 0;
        for (int n = 1; n <= 2000; n++)
        {
            sum += Math.Log(n);
            Assert.Equal(sum, Boltzmann.Layers.LogFactorial.Of(n), 1e-12 * Math.Max(1, sum));
        }
        Assert.Equal(0, Boltzmann.Layers.LogFactorial.Of(0));
    }

    [Fact]
    public void Without_the_draws_of_rows_nothing_is_drawn()
    {
        MultinomialLayer layer = Layer(MultinomialLayer.DrawsOfRow);
        var inputs = new Matrix(2, Words, Placement.Default.Double);
        Assert.Contains("WithDraws", Assert.Throws<NotSupportedException>(() => layer.SetMean(inputs, inputs)).Message,
            StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => layer.Sample(inputs, inputs, new Rng(1)));
        Assert.Throws<NotSupportedException>(() => layer.AddLogNormalizer(inputs, new Matrix(2, 1, Placement.Default.Double)));
        Assert.Throws<ArgumentException>(() => new MultinomialLayer(6, 3, MultinomialLayer.DrawsOfRow));
        Assert.Throws<ArgumentException>(() => Layer(3).WithDraws(4));
        Assert.Contains("whole number", layer.Complaint([0.5, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Null(layer.Complaint([3, 0, 0, 1, 0]));
    }

    [Fact]
    public void Chains_keep_the_draws_of_the_data_they_are_conditioned_on()
    {
        var rbm = new Rbm(Layer(MultinomialLayer.DrawsOfRow), new BernoulliLayer(3, Placement.Default.Double));
        rbm.SetRandomWeights(0.5, new Rng(4));
        State data = Rows(rbm), chains = new(rbm, 2 * lengths.Length);
        chains.ClampAs(data);
        for (int sweep = 0; sweep < 5; sweep++) Gibbs.Sweep(rbm, chains, new Rng((ulong)sweep));
        Matrix sums = chains[0].Like(chains.Rows, 1);
        sums.AddRowSums(chains[0]);
        Assert.Equal([.. lengths, .. lengths], sums.ReadColumn(0));
        Assert.True(chains[0].ReadRow(5).Count(count => count > 0) > 1);
    }

    [Theory, InlineData(1), InlineData(3)]
    public void Words_in_their_order_have_probabilities_that_add_up_to_1(int length)
    {
        Rbm rbm = Small();
        double logZ = Exact.LogPartition(rbm.WithDraws(length));
        int all = (int)Math.Pow(Words, length);
        var rows = new double[all, Words];
        for (int s = 0; s < all; s++)
            for (int d = 0, rest = s; d < length; d++, rest /= Words) rows[s, rest % Words]++;
        WordScore score = DocumentLikelihood.OfSequences(rbm, Matrix.From(rows, rbm.Placement), n => n == length ? logZ : double.NaN);
        Assert.Equal(1, score.LogProbabilities.Sum(Math.Exp), 1e-10);
        Assert.All(score.Words, n => Assert.Equal(length, n));
    }

    [Fact]
    public void Completion_is_the_next_word_of_the_machine_with_one_draw_more()
    {
        Rbm rbm = Small();
        // In vocabulary order 0 0 2 3 3: seen 0 2 3, unseen 0 3.
        double[] document = [2, 0, 1, 2, 0], seen = [1, 0, 1, 1, 0];
        WordScore score = WordCompletion.Score(rbm, Matrix.Row(document, rbm.Placement));
        var next = new double[Words, Words];
        for (int k = 0; k < Words; k++)
            for (int c = 0; c < Words; c++) next[k, c] = seen[c] + (c == k ? 1 : 0);
        double logZ = Exact.LogPartition(rbm.WithDraws(4));
        IReadOnlyList<double> logs = DocumentLikelihood.OfSequences(rbm, Matrix.From(next, rbm.Placement), _ => logZ).LogProbabilities;
        double norm = logs.Sum(Math.Exp);
        Assert.Equal(logs[0] + logs[3] - 2 * Math.Log(norm), score.LogProbabilities[0], 1e-10);
        Assert.Equal(2, score.Words[0]);
        Assert.Equal(Math.Exp(-score.LogProbabilities[0] / 2), score.WordPerplexity, 1e-10);
    }

    [Fact]
    public void Documents_without_words_to_judge_are_left_out()
    {
        var score = new WordScore([-6, 0, -1], [3, 0, 1]);
        Assert.Equal([0, 2], score.Judged);
        Assert.Equal(Math.Exp(1.5), score.DocumentPerplexity, 1e-12);
        Assert.Equal(Math.Exp(7.0 / 4), score.WordPerplexity, 1e-12);
        Assert.Equal(score.DocumentPerplexity * 0.5, score.DocumentPerplexityError, 1e-12);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Topics_of_documents_of_any_length_are_learned(bool persistent)
    {
        // Two topics of disjoint words: half of the words then say the other half, of 5 words instead of 10.
        const int Vocabulary = 10;
        var rng = new Rng(5);
        var rows = new double[400, Vocabulary];
        for (int r = 0; r < 400; r++)
        {
            int topic = r % 2, length = 1 + (int)(20 * rng.NextUniform());
            for (int d = 0; d < length; d++) rows[r, topic * 5 + (int)(5 * rng.NextUniform())]++;
        }
        var rbm = new Rbm(new MultinomialLayer(Vocabulary, Vocabulary, MultinomialLayer.DrawsOfRow, Placement.Default.Double),
            new BernoulliLayer(2, Placement.Default.Double));
        rbm.SetRandomWeights(0.01, new Rng(6));
        Matrix counts = Matrix.From(rows, rbm.Placement);
        IGradientEstimator estimator = persistent ? new PersistentContrastiveDivergence(startAtNoise: true) : new ContrastiveDivergence();
        var trainer = new Trainer(rbm, estimator, new Sgd(), new() { LearningRate = 0.05, BatchSize = 30 });
        foreach (TrainingProgress _ in trainer.Run(new Dataset("topics", new MatrixRows(counts)), 40)) { }
        double perplexity = WordCompletion.Score(rbm, counts).WordPerplexity;
        Assert.True(perplexity < 6.5, $"{perplexity}");
    }

    static Rbm Small()
    {
        var rbm = new Rbm(Layer(MultinomialLayer.DrawsOfRow), new BernoulliLayer(3, Placement.Default.Double));
        rbm.SetRandomWeights(0.8, new Rng(7));
        rbm.Hidden.Bias.SampleNormal(new Rng(8));
        return rbm;
    }

    static State Rows(Rbm rbm)
    {
        var rows = new double[lengths.Length, Words];
        for (int r = 0; r < lengths.Length; r++) rows[r, r % Words] = lengths[r];
        var state = new State(rbm, lengths.Length);
        rbm.SetRows(state, Matrix.From(rows, rbm.Placement));
        return state;
    }

    static MultinomialLayer Layer(int draws)
    {
        var layer = new MultinomialLayer(Words, Words, draws, Placement.Default.Double);
        layer.Bias.SetCopy(Bias(layer.Placement));
        return layer;
    }

    static Matrix Bias(Placement placement) => Matrix.Row([0.3, -1, 0.8, 0, -0.2], placement);

    static Matrix Inputs(Placement placement)
    {
        var inputs = new Matrix(lengths.Length, Words, placement);
        inputs.SampleNormal(new Rng(9));
        return inputs;
    }

    static Matrix Column(Placement placement)
    {
        var column = new Matrix(lengths.Length, 1, placement);
        column.WriteColumn(0, lengths);
        return column;
    }
}
