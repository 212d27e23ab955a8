using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>What a plan says of the units of any layer, and where visible biases start.</summary>
sealed class UnitSettings(TrainPlan plan)
{
    /// <summary>A layer of a kind.</summary>
    /// <exception cref="BadInputException">There is no such kind, or a number is out of range.</exception>
    public Layer Build(string kind, int units, Placement placement)
    {
        if (units < 1) throw new BadInputException($"--hidden must be at least 1, not {units}");
        if (units > Layer.MaximumUnits) throw new BadInputException($"a layer has at most {Layer.MaximumUnits} units, not {units}");
        LayerDescription description = Describe(kind, units);
        if (description.Categories is int categories && (categories < 1 || units % categories != 0))
            throw new BadInputException($"--categories must divide the {units} units, {categories} does not");
        if (description.Draws < MultinomialLayer.DrawsOfRow)
            throw new BadInputException($"--draws must be at least 1, or row, not {description.Draws}");
        if (description.Fault() is string fault) throw new BadInputException($"a layer of {description.ToWords()} {fault}");
        Layer layer = description.Create(placement)!;
        foreach (Parameter precision in layer.Parameters.Where(p => p.IsPositive)) precision.Value.Fill(1 / (plan.Sigma * plan.Sigma));
        return layer;
    }

    /// <summary>What a plan says of a layer of a kind: of its fields those that are options, too.</summary>
    /// <exception cref="BadInputException">There is no such kind.</exception>
    public LayerDescription Describe(string kind, int units)
    {
        LayerKind known = LayerKinds.Find(kind)
            ?? throw new BadInputException($"there are no {Quoted.Text(kind)} units; {LayerKinds.ExpectedUnits}"
                + DidYouMean.Question(kind, LayerKinds.Choices));
        if (known.IsContext)
            throw new BadInputException($"{kind} units are given, and cannot be visible or hidden units; {LayerKinds.ExpectedUnits}");
        if (known.HasParts)
            throw new BadInputException($"{kind} units stand for the columns of a table, which says what they are; "
                + $"{LayerKinds.ExpectedUnits}");
        var fields = new JsonObject();
        Add(MultinomialLayer.CategoriesField, plan.Categories);
        Add(MultinomialLayer.DrawsField, plan.Draws);
        Add(QuadraticLayer.LearnsPrecisionField, plan.LearnPrecision ? true : null);
        return new(kind, units) { Fields = fields };

        void Add(string field, JsonNode? value)
        {
            if (value is not null && known.Has(field)) fields[field] = value;
        }
    }

    /// <summary>Puts visible biases where --visible-bias says.</summary>
    /// <exception cref="BadInputException">It says neither data nor a number.</exception>
    public void StartVisible(IReadOnlyList<Layer> visible, Dataset training)
    {
        string start = plan.VisibleBias;
        double value = 0;
        if (start != TrainPlan.DataBias && !(TypedNumber.TryRead(start, out value) && double.IsFinite(value)))
        {
            throw new BadInputException(start.Contains(',') ? TypedNumber.Refusal("--visible-bias", start)
                : $"--visible-bias must be 'data' or a number, not '{start}'");
        }
        int first = 0;
        foreach (Layer layer in visible)
        {
            Range columns = first..(first + layer.Units);
            if (start == TrainPlan.DataBias)
                layer.SetFromMoments(training.Statistics.Means[columns], training.Statistics.Variances[columns]);
            else layer.Bias.Fill(value);
            first += layer.Units;
        }
    }
}
