using System.Text.Json;

namespace Boltzmann;

/// <summary>What `evaluate` found: the metrics asked for, the others null.</summary>
sealed record EvaluationResult
{
    /// <summary>Whether log Z is that of the undirected pair on top of a stack.</summary>
    public bool IsOfStack { get; init; }

    /// <summary>Whether the log-likelihood rests on no estimate, whatever log Z is shown.</summary>
    public bool IsEnumerated { get; init; }

    public LogPartitionResult? LogPartition { get; init; }

    public Score? FreeEnergy { get; init; }

    public Score? LogLikelihood { get; init; }

    /// <summary>The same with the reverse estimate of log Z.</summary>
    public Score? LogLikelihoodReverse { get; init; }

    public ElboResult? Elbo { get; init; }

    public GapResult? Gap { get; init; }

    public Score? PseudoLikelihood { get; init; }

    public Score? SquaredError { get; init; }

    public Score? CrossEntropy { get; init; }

    public void Write(Utf8JsonWriter json)
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
        Elbo?.Write(json);
        Gap?.Write(json);
        if (PseudoLikelihood is not null)
        {
            json.WriteStartObject("pseudo_likelihood");
            Write(json, PseudoLikelihood);
            json.WriteEndObject();
        }
        if (SquaredError is null) return;
        json.WriteStartObject("reconstruction");
        json.WriteFiniteOrNull("mean_squared_error", SquaredError.Mean);
        json.WriteFiniteOrNull("standard_error", SquaredError.StandardError);
        json.WriteFiniteOrNull("cross_entropy", CrossEntropy!.Mean);
        json.WriteFiniteOrNull("cross_entropy_standard_error", CrossEntropy.StandardError);
        json.WriteEndObject();
    }

    public string ToText()
    {
        var table = new TextTable("quantity", "value", "error", "");
        LogPartition?.AddTo(table, IsOfStack ? "log Z of the top pair" : "log Z");
        Add("free energy", FreeEnergy, "nats, mean over rows");
        bool isBracket = LogLikelihoodReverse is not null;
        Add(isBracket ? "log-likelihood, forward" : "log-likelihood", LogLikelihood,
            "nats per row" + (IsEnumerated || LogPartition is { IsExact: true } ? "" : "; forward AIS tends to flatter"));
        Add("log-likelihood, reverse", LogLikelihoodReverse, "nats per row, with the reverse log Z: tends to be too low");
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
        return table.ToText();

        void Add(string name, Score? score, string unit)
        {
            if (score is not null) table.Add(name, NumberText.Short(score.Mean, 6),
                double.IsNaN(score.StandardError) ? "" : NumberText.Short(score.StandardError, 2), unit);
        }
    }

    static void Write(Utf8JsonWriter json, Score score)
    {
        json.WriteFiniteOrNull("mean", score.Mean);
        json.WriteFiniteOrNull("standard_error", score.StandardError);
    }
}
