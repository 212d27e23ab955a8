using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>
/// What <see cref="TrainedModel.Evaluate(EvaluationRequest, RunContext)"/> found: the metrics asked for, the others null. Numbers of rows
/// are in nats, mean and standard error over rows with each row's own.
/// </summary>
public sealed record EvaluationResult
{
    /// <summary>The model's file.</summary>
    public string Path { get; init; } = "";

    /// <summary>Kind of the model: "rbm".</summary>
    public string Model { get; init; } = "";

    /// <summary>Kind and sizes of the model, for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Rows that it was judged by.</summary>
    public int Rows { get; init; }

    /// <summary>Name of these rows; null where there were none.</summary>
    public string? Data { get; init; }

    /// <summary>Whether they were scaled as in training.</summary>
    public bool IsScaled { get; init; }

    /// <summary>How their grey values became bits, in words; null where there were no rows, or labels were judged.</summary>
    public string? Binarization { get; init; }

    /// <summary>What speaks against trusting the numbers.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What a model says of classes or numbers of rows; null where it was judged by the rows themselves.</summary>
    public LabelScores? Labels { get; init; }

    /// <summary>Whether log Z is that of the undirected pair on top of a stack.</summary>
    public bool IsOfStack { get; init; }

    /// <summary>Whether the log-likelihood rests on no estimate, whatever log Z is shown.</summary>
    public bool IsEnumerated { get; init; }

    /// <summary>log Z.</summary>
    public LogPartitionResult? LogPartition { get; init; }

    /// <summary>Free energies.</summary>
    public Score? FreeEnergy { get; init; }

    /// <summary>log p of rows, with the forward estimate of log Z where it is one.</summary>
    public Score? LogLikelihood { get; init; }

    /// <summary>The same with the reverse estimate of log Z.</summary>
    public Score? LogLikelihoodReverse { get; init; }

    /// <summary>log p of the words of documents, with the forward estimates of log Z where they are such.</summary>
    public WordScore? Perplexity { get; init; }

    /// <summary>The same with the reverse estimates.</summary>
    public WordScore? PerplexityReverse { get; init; }

    /// <summary>log p of every second word of documents given the others.</summary>
    public WordScore? Completion { get; init; }

    /// <summary>log Z of each length; null for models of one.</summary>
    public LengthPartitions? Lengths { get; init; }

    /// <summary>The variational bound.</summary>
    public ElboResult? Elbo { get; init; }

    /// <summary>How far it lies below the log-likelihood.</summary>
    public GapResult? Gap { get; init; }

    /// <summary>Pseudo-likelihoods.</summary>
    public Score? PseudoLikelihood { get; init; }

    /// <summary>Squared error of reconstructions, mean over visible units.</summary>
    public Score? SquaredError { get; init; }

    /// <summary>−log p(row | its hidden units).</summary>
    public Score? CrossEntropy { get; init; }

    /// <summary>Its numbers under the names of metrics, for listeners: means over rows.</summary>
    internal IEnumerable<KeyValuePair<string, double>> Numbers
    {
        get
        {
            (string Name, double? Value)[] all =
            [
                ("log-partition", LogPartition?.Value),
                ("free-energy", FreeEnergy?.Mean),
                ("log-likelihood", LogLikelihood?.Mean),
                ("elbo", Elbo?.Bound.Mean),
                ("variational-gap", Gap?.Gap.Gap.Mean),
                ("pseudo-likelihood", PseudoLikelihood?.Mean),
                ("perplexity", Perplexity?.DocumentPerplexity),
                ("completion", Completion?.WordPerplexity),
                ("reconstruction", SquaredError?.Mean),
                ("loss", Labels?.Score.Loss),
                ("accuracy", Labels?.Score.Accuracy),
                ("balanced-accuracy", Labels?.Score.BalancedAccuracy),
                ("average-precision", Labels?.Score.AveragePrecision),
                ("r-squared", Labels?.Score.RSquared),
            ];
            foreach (var (name, value) in all)
                if (value is double known && double.IsFinite(known)) yield return new(name, known);
        }
    }

    /// <summary>Writes it as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", Model);
        json.WriteNumber("rows", Rows);
        if (Data is not null) json.WriteString("data", Data);
        if (Binarization is not null) json.WriteString("binarize", Binarization);
        if (Labels is not null) Labels.Write(json);
        else WriteRows(json);
        json.WriteEndObject();
    }

    void WriteRows(Utf8JsonWriter json)
    {
        LogPartition?.Write(json);
        if (FreeEnergy is not null) json.WriteNumbers("free_energy", FreeEnergy.PerRow);
        if (LogLikelihood is not null)
        {
            json.WriteStartObject("log_likelihood");
            Write(json, LogLikelihood);
            if (LogLikelihoodReverse is not null) json.WriteFiniteOrNull("mean_under_reverse", LogLikelihoodReverse.Mean);
            json.WriteNumbers("per_row", LogLikelihood.PerRow);
            json.WriteEndObject();
        }
        Write(json, "perplexity", Perplexity, PerplexityReverse);
        Write(json, "completion", Completion, null);
        Lengths?.Write(json);
        Elbo?.Write(json);
        Gap?.Write(json);
        if (PseudoLikelihood is not null)
        {
            json.WriteStartObject("pseudo_likelihood");
            Write(json, PseudoLikelihood);
            json.WriteEndObject();
        }
        if (SquaredError is not null)
        {
            json.WriteStartObject("reconstruction");
            json.WriteFiniteOrNull("mean_squared_error", SquaredError.Mean);
            json.WriteFiniteOrNull("standard_error", SquaredError.StandardError);
            json.WriteFiniteOrNull("cross_entropy", CrossEntropy!.Mean);
            json.WriteFiniteOrNull("cross_entropy_standard_error", CrossEntropy.StandardError);
            json.WriteEndObject();
        }
        json.WriteStartArray("warnings");
        foreach (string warning in Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    /// <summary>Lines for people: which model and rows, a table, the verdict on log Z.</summary>
    /// <param name="isColoured">For a terminal: whether the verdict is green, yellow or red.</param>
    /// <param name="width">Letters in a line of a table; null for as many as it takes.</param>
    public string ToText(bool isColoured = false, int? width = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Path}: {Title}\n");
        if (Data is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Data}: {Rows:N0} rows{(IsScaled ? ", scaled as in training" : "")}");
            text.Append(Binarization is null or "none" ? "\n" : $", binarized by {Binarization}\n");
        }
        text.Append('\n').Append(Labels is null ? Table(width) : Labels.ToText(width));
        if (LogPartition?.VerdictText(isColoured) is string verdict) text.Append(CultureInfo.InvariantCulture, $"\n{verdict}\n");
        return text.ToString();
    }

    string Table(int? width)
    {
        var table = new TextTable("quantity", "value", "error", "");
        LogPartition?.AddTo(table, IsOfStack ? "log Z of the top pair" : "log Z");
        Add("free energy", FreeEnergy, "nats, mean over rows");
        bool isBracket = LogLikelihoodReverse is not null;
        Add(isBracket ? "log-likelihood, forward" : "log-likelihood", LogLikelihood,
            "nats per row" + (IsEnumerated || LogPartition is { IsExact: true } ? "" : "; forward AIS tends to flatter"));
        Add("log-likelihood, reverse", LogLikelihoodReverse, "nats per row, with the reverse log Z: tends to be too low");
        AddWords("perplexity", Perplexity, PerplexityReverse is null ? "" : ", forward");
        AddWords("perplexity", PerplexityReverse, ", reverse");
        AddWords("completion", Completion, "");
        if (Elbo is not null)
        {
            Add("bound on log-likelihood", Elbo.Bound, Elbo.Passes is int passes ? $"nats per row; {passes} "
                + $"{(passes == 1 ? "draw" : "draws")} of the way up "
                + $"each{(double.IsNaN(Elbo.SamplingError) ? "" : $", which leave an error of {NumberText.Short(Elbo.SamplingError, 2)}")}"
                : Elbo.Method == "exact" ? "nats per row; exact" : "nats per row; mean-field posterior"
                + (LogPartition is { IsExact: true } ? "" : ", forward AIS tends to flatter"));
            if (Elbo.MeanUnderReverse is double mean)
                table.Add("bound, reverse", NumberText.Short(mean, 6), "", "nats per row, with the reverse log Z: tends to be too low");
        }
        Add("gap of the bound", Gap?.Gap.Gap, $"nats per row, of the first {Gap?.Rows} by AIS of the posterior, which leaves an error of "
            + $"{NumberText.Short(Gap?.SamplingError ?? 0, 2)}");
        Add("pseudo-likelihood", PseudoLikelihood, "nats per row");
        Add("reconstruction error", SquaredError, "mean square per visible unit");
        Add("reconstruction cross-entropy", CrossEntropy, "nats per row");
        return table.ToText(width);

        void Add(string name, Score? score, string unit)
        {
            if (score is not null) table.Add(name, NumberText.Short(score.Mean, 6),
                double.IsNaN(score.StandardError) ? "" : NumberText.Short(score.StandardError, 2), unit);
        }

        void AddWords(string name, WordScore? words, string which)
        {
            if (words is null) return;
            string what = name == "completion" ? $"{words.Total:N0} words, every second one given the others" : $"{words.Total:N0} words";
            table.Add($"{name} per word{which}", NumberText.Short(words.WordPerplexity, 5), Error(words.WordPerplexityError), what);
            table.Add($"{name} of documents{which}", NumberText.Short(words.DocumentPerplexity, 5), Error(words.DocumentPerplexityError),
                $"exp of the mean over {words.Judged.Count:N0} documents");
        }

        static string Error(double value) => double.IsNaN(value) ? "" : NumberText.Short(value, 2);
    }

    static void Write(Utf8JsonWriter json, string name, WordScore? words, WordScore? reverse)
    {
        if (words is null) return;
        json.WriteStartObject(name);
        json.WriteNumber("documents", words.Judged.Count);
        json.WriteNumber("words", words.Total);
        json.WriteFiniteOrNull("mean_over_documents", words.DocumentPerplexity);
        json.WriteFiniteOrNull("mean_over_documents_standard_error", words.DocumentPerplexityError);
        json.WriteFiniteOrNull("per_word", words.WordPerplexity);
        json.WriteFiniteOrNull("per_word_standard_error", words.WordPerplexityError);
        if (reverse is not null)
        {
            json.WriteFiniteOrNull("mean_over_documents_under_reverse", reverse.DocumentPerplexity);
            json.WriteFiniteOrNull("per_word_under_reverse", reverse.WordPerplexity);
        }
        json.WriteNumbers("log_probabilities", words.LogProbabilities);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Score score)
    {
        json.WriteFiniteOrNull("mean", score.Mean);
        json.WriteFiniteOrNull("standard_error", score.StandardError);
    }
}
