using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// Where a machine with memory begins: at an rbm of single steps (b, c, W), or a crbm at a dybm of the same memory (b, A), whose hidden
/// units then learn what the queue alone leaves.
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
        else if (described.Kind == ModelKind.Dybm && model.Description.Kind == ModelKind.Crbm)
        {
            if (ScalingText(DataDescription.Read(described, file).Scaling) != ScalingText(scaling))
                throw new BadInputException($"{path}: learned steps that were scaled in another way; expected the same --data, --scale and "
                    + "--validation-share");
            FromDybm(model, file);
        }
        else throw new BadInputException($"{path}: holds {described.Kind}; {model.Description.Kind} starts from an rbm"
            + (model.Description.Kind == ModelKind.Crbm ? " or a dybm" : ""));
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

    static void FromDybm(SequenceModel model, string path)
    {
        SequenceModel dybm = ModelFile.LoadSequence(path, model.Placement);
        if (dybm.Visible.ToString() != model.Visible.ToString())
            throw new BadInputException($"{path}: has {dybm.Visible} units, but this run {model.Visible}");
        if (!JsonNode.DeepEquals(dybm.Memory.Fields, model.Memory.Fields))
            throw new BadInputException($"{path}: remembers by {dybm.Memory.Fields.ToJsonString()}, but this run by "
                + $"{model.Memory.Fields.ToJsonString()}; expected the same --delay, --decays and --feed");
        model.Visible.CopyFrom(dybm.Visible);
        model.ToVisible!.SetCopy(dybm.ToVisible!);
    }

    static string ScalingText(Scaling? scaling)
    {
        var json = new JsonObject();
        new DataDescription(scaling).AddTo(json);
        return json.ToJsonString();
    }
}
