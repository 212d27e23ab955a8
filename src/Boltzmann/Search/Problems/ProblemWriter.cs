using System.Text.Json;

namespace Boltzmann.Searching;

/// <summary>Writes a problem as JSON; <see cref="ProblemReader"/> reads it.</summary>
sealed class ProblemWriter(Problem problem, Utf8JsonWriter json)
{
    /// <summary>What the file says that it is.</summary>
    public const string Format = "boltzmann problem";

    /// <summary>Of the format.</summary>
    public const int Version = 1;

    /// <summary>Words for kinds and relations, as files have them.</summary>
    public static string Word(ConstraintKind kind) =>
        kind == ConstraintKind.AllDifferent ? "all different" : kind.ToString().ToLowerInvariant();

    /// <summary>"=", "&lt;=", "&gt;=".</summary>
    public static string Word(Relation relation) => relation switch { Relation.Equal => "=", Relation.AtMost => "<=", _ => ">=" };

    /// <summary>"binary", "unary", "one-hot".</summary>
    public static string Word(IntegerEncoding encoding) =>
        encoding == IntegerEncoding.OneHot ? "one-hot" : encoding.ToString().ToLowerInvariant();

    public void Write()
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        WriteVariables();
        WriteObjective();
        json.WriteStartArray("required");
        foreach (var (variable, value) in problem.Required) json.WriteStringValue((value ? "" : "!") + problem.NameOf(variable));
        json.WriteEndArray();
        json.WriteStartArray("constraints");
        var ofIntegers = problem.Integers.Where(integer => integer.Encoding == IntegerEncoding.OneHot)
            .Select(integer => integer.Constraint).ToHashSet();
        foreach (ProblemConstraint constraint in problem.Constraints)
            if (!ofIntegers.Contains(constraint.Constraint)) WriteConstraint(constraint);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteVariables()
    {
        var integers = problem.Integers.ToDictionary(integer => integer.Bits[0].Variable);
        json.WriteStartArray("variables");
        for (int i = 0; i < problem.Variables;)
        {
            json.WriteStartObject();
            if (integers.TryGetValue(i, out IntegerVariable? integer))
            {
                json.WriteString("name", integer.Name);
                json.WriteString("kind", "integer");
                json.WriteNumber("low", integer.Low);
                json.WriteNumber("high", integer.High);
                json.WriteString("encoding", Word(integer.Encoding));
                i += integer.Bits.Count;
            }
            else
            {
                json.WriteString("name", problem.NameOf(i));
                if (problem.IsSpin(i)) json.WriteString("kind", "spin");
                i++;
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteObjective()
    {
        BinaryEnergy energy = problem.ObjectiveEnergy();
        json.WriteStartObject("objective");
        if (problem.Sense is bool isMaximised) json.WriteString("sense", isMaximised ? "maximise" : "minimise");
        // As energy: what is maximised stands with the opposite sign, so that nothing changes by reading it.
        json.WriteNumber("offset", energy.Offset);
        json.WriteStartArray("terms");
        for (int i = 0; i < energy.Variables; i++)
            if (energy.Linear[i] != 0) WriteTerm(energy.Linear[i], i);
        for (int e = 0; e < energy.Pairs; e++) WriteTerm(energy.Weights[e], energy.First[e], energy.Second[e]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteTerm(double weight, params ReadOnlySpan<int> variables)
    {
        json.WriteStartObject();
        json.WriteNumber("energy", weight);
        json.WriteStartArray("of");
        foreach (int variable in variables) json.WriteStringValue(problem.NameOf(variable));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteConstraint(ProblemConstraint entry)
    {
        Constraint constraint = entry.Constraint;
        json.WriteStartObject();
        json.WriteString("name", entry.Name);
        json.WriteString("kind", Word(constraint.Kind));
        if (entry.Weight is double weight) json.WriteNumber("weight", weight);
        json.WriteStartArray("of");
        if (constraint.Kind == ConstraintKind.AllDifferent)
            foreach (IntegerVariable integer in constraint.Integers) json.WriteStringValue(integer.Name);
        else
            foreach (Hypothesis literal in constraint.Literals) json.WriteStringValue(literal.Name);
        json.WriteEndArray();
        if (constraint.Kind == ConstraintKind.Linear)
        {
            json.WriteStartArray("factors");
            foreach (double factor in constraint.Factors) json.WriteNumberValue(factor);
            json.WriteEndArray();
            json.WriteString("relation", Word(constraint.Relation));
            json.WriteNumber("bound", constraint.Bound);
        }
        json.WriteEndObject();
    }
}
