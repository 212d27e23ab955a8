using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Boltzmann.Persistence;

namespace Boltzmann.Searching;

/// <summary>
/// Writes problems in the formats that <see cref="ProblemFile"/> reads: every state has the same energy in the file as before. What a
/// format cannot hold is refused, never left out.
/// </summary>
public static class ProblemFileWriter
{
    /// <summary>Writes an energy as it came from a file.</summary>
    /// <param name="path">What is written, whole or not at all; packed by gzip if its name ends in .gz.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="format">One of <see cref="ProblemFile.Formats"/>; null for what the name ends in: .json is a problem of
    /// constraints, .bqm a binary quadratic model.</param>
    /// <exception cref="BadInputException">The format cannot hold the problem; the message says what of it.</exception>
    public static void Write(string path, SearchProblem problem, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(problem);
        format ??= ProblemFile.ByEnding(path);
        if (format is "rudy" or "bqp" or "qubo" or "ising" or "bqm" && problem.Energy.Clauses > 0)
            throw Refused(path, format, "clauses");
        switch (format)
        {
            case "rudy":
                WriteText(path, Rudy(path, problem));
                break;
            case "bqp":
                RequireNoOffset(path, format, problem.Energy);
                RequireNoNames(path, format, problem);
                WriteText(path, Bqp(problem.Energy));
                break;
            case "qubo":
                RequireNoOffset(path, format, problem.Energy);
                WriteText(path, Qubo(problem));
                break;
            case "ising":
                WriteText(path, Coo(path, problem));
                break;
            case "bqm":
                WriteBytes(path, Bqm(problem));
                break;
            case "cnf" or "wcnf":
                WriteText(path, ClauseText(path, format, problem));
                break;
            case "json":
                Write(path, AsProblem(path, problem), format);
                break;
            default:
                throw Refused(path, format, $"a problem of the kind {problem.Kind}");
        }
    }

    /// <summary>
    /// Writes a problem of constraints: as JSON exactly; clauses alone as cnf or wcnf; otherwise as a quadratic energy, with slack and
    /// helper variables behind the hypotheses, hard constraints weighing enough that every state of least energy keeps them if any state
    /// does.
    /// </summary>
    /// <param name="path">What is written, whole or not at all; packed by gzip if its name ends in .gz.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="format">As for <see cref="Write(string, SearchProblem, string?)"/>.</param>
    /// <exception cref="BadInputException">The format cannot hold the problem; the message says what of it.</exception>
    public static void Write(string path, Problem problem, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(problem);
        format ??= ProblemFile.ByEnding(path);
        if (format == "json")
        {
            using var buffer = new MemoryStream();
            problem.Save(buffer);
            WriteBytes(path, buffer.ToArray());
        }
        else if (format is "cnf" or "wcnf") WriteText(path, ClauseText(path, format, AsClauses(path, format, problem)));
        else Write(path, AsEnergy(problem), format);
    }

    static string Rudy(string path, SearchProblem problem)
    {
        BinaryEnergy energy = problem.Energy;
        RequireNoOffset(path, "rudy", energy);
        RequireNoNames(path, "rudy", problem);
        double[] biases = energy.Linear.ToArray();
        for (int e = 0; e < energy.Pairs; e++)
        {
            biases[energy.First[e]] += energy.Weights[e] / 2;
            biases[energy.Second[e]] += energy.Weights[e] / 2;
        }
        int odd = System.Array.FindIndex(biases, bias => Math.Abs(bias) > 1e-12 * energy.Scale);
        if (odd >= 0) throw Refused(path, "rudy", $"a bias of {problem.NameOf(odd)}, which belongs to no edge");
        return Lines(energy, $"{energy.Variables} {energy.Pairs}\n", 1, 0.5, hasLinear: false);
    }

    static string Bqp(BinaryEnergy energy) =>
        Lines(energy, string.Create(CultureInfo.InvariantCulture, $"{energy.Variables} {Biases(energy) + energy.Pairs}\n"), 1, 0.5);

    static string Qubo(SearchProblem problem) => Lines(problem.Energy, Named("c", problem, 0)
        + string.Create(CultureInfo.InvariantCulture,
            $"p qubo 0 {problem.Energy.Variables} {Biases(problem.Energy)} {problem.Energy.Pairs}\n"), 0, 1);

    static string Coo(string path, SearchProblem problem)
    {
        BinaryEnergy energy = problem.Energy;
        if (problem.Kind == "ising" && Spins(energy) is string spins) return Named("#", problem, 0) + spins;
        RequireNoOffset(path, "ising", energy);
        return Closed(energy, Lines(energy, Named("#", problem, 0) + "# vartype=BINARY\n", 0, 1));
    }

    // In terms of spins s = 2x − 1; null if a constant is left, which the format cannot hold.
    static string? Spins(BinaryEnergy energy)
    {
        double constant = energy.Offset;
        double[] biases = new double[energy.Variables];
        for (int i = 0; i < energy.Variables; i++)
        {
            biases[i] = energy.Linear[i] / 2;
            constant += energy.Linear[i] / 2;
        }
        for (int e = 0; e < energy.Pairs; e++)
        {
            biases[energy.First[e]] += energy.Weights[e] / 4;
            biases[energy.Second[e]] += energy.Weights[e] / 4;
            constant += energy.Weights[e] / 4;
        }
        if (Math.Abs(constant) > 1e-9 * energy.Scale) return null;
        for (int i = 0; i < biases.Length; i++)
            if (Math.Abs(biases[i]) <= 1e-12 * energy.Scale) biases[i] = 0;
        var text = new StringBuilder("# vartype=SPIN\n");
        for (int i = 0; i < biases.Length; i++)
            if (biases[i] != 0) text.Append(CultureInfo.InvariantCulture, $"{i} {i} {biases[i]:R}\n");
        for (int e = 0; e < energy.Pairs; e++)
            text.Append(CultureInfo.InvariantCulture, $"{energy.First[e]} {energy.Second[e]} {energy.Weights[e] / 4:R}\n");
        return Closed(energy, text.ToString());
    }

    // The number of variables is the highest that is named.
    static string Closed(BinaryEnergy energy, string text)
    {
        int last = energy.Variables - 1;
        return energy.Linear[last] != 0 || energy.Second.Contains(last) ? text
            : text + string.Create(CultureInfo.InvariantCulture, $"{last} {last} 0\n");
    }

    static byte[] Bqm(SearchProblem problem)
    {
        BinaryEnergy energy = problem.Energy;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", "BinaryQuadraticModel");
            json.WriteStartObject("version");
            json.WriteString("bqm_schema", "3.0.0");
            json.WriteEndObject();
            json.WriteBoolean("use_bytes", false);
            json.WriteString("index_type", "uint32");
            json.WriteString("bias_type", "float64");
            json.WriteNumber("num_variables", energy.Variables);
            json.WriteNumber("num_interactions", energy.Pairs);
            json.WriteStartArray("variable_labels");
            for (int i = 0; i < energy.Variables; i++) json.WriteStringValue(problem.NameOf(i));
            json.WriteEndArray();
            json.WriteString("variable_type", "BINARY");
            json.WriteNumber("offset", energy.Offset);
            json.WriteStartObject("info");
            json.WriteEndObject();
            Numbers(json, "linear_biases", energy.Linear);
            Numbers(json, "quadratic_biases", energy.Weights);
            Places(json, "quadratic_head", energy.First);
            Places(json, "quadratic_tail", energy.Second);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    static void Places(Utf8JsonWriter json, string name, ReadOnlySpan<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    static string ClauseText(string path, string format, SearchProblem problem)
    {
        if (problem.Clauses is not ProblemClauses clauses) throw Refused(path, format, $"a problem of the kind {problem.Kind}");
        bool isPlain = clauses.Hard == clauses.Count;
        if (format == "cnf" && !isPlain) throw Refused(path, format, "clauses that may be violated at a price; wcnf does");
        int used = 0;
        for (int c = 0; c < clauses.Count; c++)
            foreach (int literal in clauses[c]) used = Math.Max(used, Math.Abs(literal));
        // Without a line p the highest variable says how many there are.
        bool hasHeader = format == "cnf" || used < problem.Energy.Variables;
        var text = new StringBuilder(Named("c", problem, 1));
        if (format == "cnf") text.Append(CultureInfo.InvariantCulture, $"p cnf {problem.Energy.Variables} {clauses.Count}\n");
        else if (hasHeader)
        {
            text.Append(CultureInfo.InvariantCulture, $"p wcnf {problem.Energy.Variables} {clauses.Count}");
            text.Append(clauses.Hard > 0 ? $" {Weight(clauses.HardWeight)}\n" : "\n");
        }
        for (int c = 0; c < clauses.Count; c++)
        {
            if (format == "wcnf")
            {
                if (hasHeader && clauses.Hard > 0 && !clauses.IsHard(c) && clauses.WeightOf(c) >= clauses.HardWeight)
                    throw Refused(path, format, "weights so large that sums of them are rounded, beside variables in no clause");
                text.Append(clauses.IsHard(c) && !hasHeader ? "h" : Weight(clauses.WeightOf(c))).Append(' ');
            }
            foreach (int literal in clauses[c]) text.Append(CultureInfo.InvariantCulture, $"{literal} ");
            text.Append("0\n");
        }
        return text.ToString();
    }

    // Clauses alone, those that are required with one literal.
    static SearchProblem AsClauses(string path, string format, Problem problem)
    {
        if (problem.HasObjective) throw Refused(path, format, "an objective");
        var clauses = new ClauseReader();
        ProblemText nowhere = ProblemText.Over(path, []);
        foreach (var (variable, value) in problem.Required)
        {
            clauses.Add(value ? variable + 1 : -variable - 1);
            clauses.End(nowhere, 0, isHard: true);
        }
        foreach (ProblemConstraint entry in problem.Constraints)
        {
            if (entry.Constraint.Kind != ConstraintKind.Clause)
                throw Refused(path, format, $"the constraint {Quoted.Text(entry.Name)}, which is not a clause");
            foreach (Hypothesis literal in entry.Constraint.Literals)
                clauses.Add(literal.IsNegated ? -literal.Variable - 1 : literal.Variable + 1);
            clauses.End(nowhere, entry.Weight ?? 0, entry.IsHard);
        }
        return clauses.Problem(nowhere, format, problem.Variables, isUnit: problem.Constraints.All(entry => entry.IsHard)) with
        {
            Names = NamesOf(problem),
        };
    }

    // A quadratic energy whose lowest states keep all that is hard.
    static SearchProblem AsEnergy(Problem problem)
    {
        Penalties penalties = problem.Penalties(new());
        penalties.RaiseToBounds();
        CompiledProblem compiled = problem.Compile(blocks: false, penalties);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(compiled.Variables);
        builder.Add(compiled.Energy);
        double most = 1;
        foreach (double value in compiled.Energy.Linear) most += Math.Abs(value);
        foreach (double value in compiled.Energy.Weights) most += Math.Abs(value);
        foreach (var (variable, value) in problem.Required)
        {
            builder.Add(variable, value ? -most : most);
            if (value) builder.Add(most);
        }
        List<string> names = NamesOf(problem);
        var taken = names.ToHashSet();
        for (int k = 1; names.Count < compiled.Variables; k++)
            if (taken.Add($"helper{k}")) names.Add($"helper{k}");
        return new("", "json", "qubo", builder.Build(), new("value", IsMaximised: false)) { Names = names };
    }

    static Problem AsProblem(string path, SearchProblem from)
    {
        var problem = new Problem();
        Hypothesis[] all;
        try
        {
            all = [.. Enumerable.Range(0, from.Energy.Variables).Select(i => problem.Add(from.NameOf(i)))];
        }
        catch (ArgumentException e)
        {
            throw new BadInputException($"{path}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
        if (from.Clauses is ProblemClauses clauses)
        {
            for (int c = 0; c < clauses.Count; c++)
            {
                if (clauses[c].Length == 0) throw Refused(path, "json", "an empty clause, which nothing satisfies");
                if (!clauses.IsHard(c) && clauses.WeightOf(c) == 0) continue;
                var literals = new Hypothesis[clauses[c].Length];
                for (int l = 0; l < literals.Length; l++)
                    literals[l] = clauses[c][l] > 0 ? all[clauses[c][l] - 1] : !all[-clauses[c][l] - 1];
                problem.Constrain(Constraint.Clause(literals), clauses.IsHard(c) ? null : clauses.WeightOf(c), $"clause {c + 1}");
            }
            return problem;
        }
        problem.SetSense(from.Objective.IsMaximised);
        BinaryEnergy energy = from.Energy;
        problem.AddObjective(energy.Offset, 1);
        for (int i = 0; i < energy.Variables; i++)
            if (energy.Linear[i] != 0) problem.Cost(all[i], energy.Linear[i]);
        for (int e = 0; e < energy.Pairs; e++) problem.Cost(all[energy.First[e]], all[energy.Second[e]], energy.Weights[e]);
        return problem;
    }

    static List<string> NamesOf(Problem problem) => [.. Enumerable.Range(0, problem.Variables).Select(problem.NameOf)];

    static string Lines(BinaryEnergy energy, string header, int first, double pairFactor, bool hasLinear = true)
    {
        var text = new StringBuilder(header);
        for (int i = 0; i < energy.Variables && hasLinear; i++)
            if (energy.Linear[i] != 0) text.Append(CultureInfo.InvariantCulture, $"{i + first} {i + first} {energy.Linear[i]:R}\n");
        for (int e = 0; e < energy.Pairs; e++)
            text.Append(CultureInfo.InvariantCulture,
                $"{energy.First[e] + first} {energy.Second[e] + first} {pairFactor * energy.Weights[e]:R}\n");
        return text.ToString();
    }

    static int Biases(BinaryEnergy energy)
    {
        int count = 0;
        foreach (double value in energy.Linear)
            if (value != 0) count++;
        return count;
    }

    // Names as comments, where variables have names.
    static string Named(string comment, SearchProblem problem, int first)
    {
        if (problem.Names is null) return "";
        var text = new StringBuilder();
        for (int i = 0; i < problem.Names.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{comment} {i + first} is ").Append(problem.Names[i].ReplaceLineEndings(" "))
                .Append('\n');
        return text.ToString();
    }

    static string Weight(double weight) => weight == Math.Floor(weight) && weight < 1e15
        ? weight.ToString("F0", CultureInfo.InvariantCulture) : weight.ToString("R", CultureInfo.InvariantCulture);

    static void RequireNoOffset(string path, string format, BinaryEnergy energy)
    {
        if (energy.Offset != 0) throw Refused(path, format, $"an offset, here {energy.Offset:R}; bqm and json do");
    }

    static void RequireNoNames(string path, string format, SearchProblem problem)
    {
        if (problem.Names is not null) throw Refused(path, format, "names of variables; bqm and json do");
    }

    static BadInputException Refused(string path, string format, string what) => new($"{path}: {format} cannot hold {what}");

    /// <summary>Writes a text, whole or not at all; packed by gzip if its name ends in .gz.</summary>
    internal static void WriteText(string path, string text) => WriteBytes(path, new UTF8Encoding(false).GetBytes(text));

    static void WriteBytes(string path, byte[] bytes)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteBytes(path, bytes);
            return;
        }
        AtomicFile.Write(path, stream =>
        {
            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            packed.Write(bytes);
        });
    }
}
