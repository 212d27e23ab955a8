using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// Where a machine with memory begins: at an rbm of single steps (b, c, W), or a crbm at a dybm of the same memory (b, A), whose hidden
/// units then learn what the queue alone leaves, or at another crbm.
/// </summary>
static class SequenceStart
{
    /// <summary>Copies what a trained model has.</summary>
    /// <param name="model">The machine at its start; changed.</param>
    /// <param name="path">A model file or the folder of a run.</param>
    /// <param name="scaling">What the steps of this run go through.</param>
    /// <exception cref="BadInputException">It has other units or another memory, or learned steps of another scale.</exception>
    public static void Set(SequenceModel model, string path, Scaling? scaling)
    {
        string file = RunFolder.FindModel(path);
        ModelDescription described = ModelFile.Describe(file);
        if (!described.Kind.HasMemory) FromFrames(model, file);
        else if ((described.Kind == ModelKind.Dybm || described.Kind == ModelKind.Crbm) && model.Description.Kind == ModelKind.Crbm)
        {
            if (ScalingText(DataDescription.Read(described, file).Scaling) != ScalingText(scaling))
                throw new BadInputException($"{path}: learned steps that were scaled in another way; expected the same --data, --scale and "
                    + "--validation-share");
            FromSteps(model, file);
        }
        else throw new BadInputException($"{path}: holds {described.Kind}; {model.Description.Kind} starts from an rbm"
            + (model.Description.Kind == ModelKind.Crbm ? ", a dybm or a crbm" : ""));
    }

    static void FromFrames(SequenceModel model, string path)
    {
        Rbm rbm = ModelFile.LoadRbm(path, model.Placement);
        if (rbm.Visible.ToString() != model.Visible.ToString() || rbm.Hidden.ToString() != model.Hidden!.ToString())
            throw new BadInputException($"{path}: joins {rbm.Visible} and {rbm.Hidden} units, but this run {model.Visible} and "
                + $"{model.Hidden}");
        model.Visible.CopyFrom(rbm.Visible);
        model.Hidden.CopyFrom(rbm.Hidden);
        model.Weights!.SetCopy(rbm.Weights);
    }

    static void FromSteps(SequenceModel model, string path)
    {
        SequenceModel start = ModelFile.LoadSequence(path, model.Placement);
        if (start.Visible.ToString() != model.Visible.ToString())
            throw new BadInputException($"{path}: has {start.Visible} units, but this run {model.Visible}");
        if (start.Hidden is Layer hidden && hidden.ToString() != model.Hidden!.ToString())
            throw new BadInputException($"{path}: has {hidden} hidden units, but this run {model.Hidden}");
        if (!(start.Symbols ?? []).SequenceEqual(model.Symbols ?? []))
            throw new BadInputException($"{path}: learned letters of another alphabet; expected the same --alphabet");
        if (!JsonNode.DeepEquals(start.Memory.Fields, model.Memory.Fields))
            throw new BadInputException($"{path}: remembers by {start.Memory.Fields.ToJsonString()}, but this run by "
                + $"{model.Memory.Fields.ToJsonString()}; expected the same --delay, --decays, --feed and --echo");
        if (start.Hidden is not null) model.CopyFrom(start);
        else
        {
            model.Visible.CopyFrom(start.Visible);
            model.ToVisible!.SetCopy(start.ToVisible!);
            // Its weights are from the echoes of its own network.
            foreach (var (own, other) in model.Memory.Parameters.Zip(start.Memory.Parameters)) own.Value.SetCopy(other.Value);
        }
    }

    static string ScalingText(Scaling? scaling)
    {
        var json = new JsonObject();
        new DataDescription(scaling).AddTo(json);
        return json.ToJsonString();
    }
}
