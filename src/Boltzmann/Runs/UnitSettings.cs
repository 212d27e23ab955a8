namespace Boltzmann;

/// <summary>What a plan says of the units of any layer, and where visible biases start.</summary>
sealed class UnitSettings(TrainPlan plan)
{
    /// <summary>A layer of a kind.</summary>
    /// <exception cref="BadInputException">There is no such kind, or a number is out of range.</exception>
    public Layer Build(string kind, int units, Placement placement)
    {
        if (units < 1) throw new BadInputException($"--hidden must be at least 1, not {units}");
        if (units > Layer.MaximumUnits) throw new BadInputException($"a layer has at most {Layer.MaximumUnits} units, not {units}");
        switch (kind)
        {
            case BernoulliLayer.Name: return new BernoulliLayer(units, placement);
            case SpinLayer.Name: return new SpinLayer(units, placement);
            case GaussianLayer.Name: return new GaussianLayer(units, plan.Sigma, plan.LearnPrecision, placement);
            case ReluLayer.Name: return new ReluLayer(units, plan.Sigma, plan.LearnPrecision, placement);
            case MultinomialLayer.Name:
                int categories = plan.Categories ?? units, draws = plan.Draws;
                if (categories < 1 || units % categories != 0) throw new BadInputException($"--categories must divide the {units} units, {categories} does not");
                if (draws < 1) throw new BadInputException($"--draws must be at least 1, not {draws}");
                return new MultinomialLayer(units, categories, draws, placement);
            default: throw new BadInputException($"there are no '{kind}' units; known are {string.Join(", ", LayerDescription.Kinds)}");
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
            if (start == TrainPlan.DataBias) layer.SetFromMoments(training.Statistics.Means[columns], training.Statistics.Variances[columns]);
            else layer.Bias.Fill(value);
            first += layer.Units;
        }
    }
}
