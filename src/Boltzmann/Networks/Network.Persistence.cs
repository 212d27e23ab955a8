namespace Boltzmann.Networks;

/// <content>What a file says of a network.</content>
public sealed partial class Network
{
    const string InputUnits = "input";

    /// <inheritdoc/>
    public ModelDescription Description => new(ModelKind.Network.Name,
    [
        new(InputUnits, Inputs),
        .. Layers.SkipLast(1).Select(layer =>
            new LayerDescription(NameOf(layer.Activation), layer.Units) { Normalized = layer.Normalization is not null }),
        new(Head.Kind, Outputs),
    ])
    { Input = InputMachine?.Description, Code = CodeLayer };

    /// <summary>The name of an activation in files and on the command line: "sigmoid".</summary>
    public static string NameOf(Activation activation) => activation switch
    {
        Activation.Sigmoid => "sigmoid",
        Activation.Tanh => "tanh",
        Activation.Relu => "relu",
        _ => "linear",
    };

    /// <summary>The activation of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Activation ParseActivation(string name) =>
        Enum.GetValues<Activation>() is var all && Array.FindIndex(all, a => NameOf(a) == name) is >= 0 and int index
        ? all[index] : throw new BadInputException($"there is no activation '{name}'; known are {string.Join(", ", all.Select(NameOf))}");

    /// <summary>A network of a file's layers, its parameters not yet read.</summary>
    internal static Network Of(ModelSource source)
    {
        IReadOnlyList<LayerDescription> layers = source.Description.Layers;
        try
        {
            if (layers[0].Units != InputUnits)
                throw new BadInputException($"layer 0 of a network has units '{InputUnits}', not {Quoted.Text(layers[0].Units)}");
            if (layers[0].Normalized || layers[^1].Normalized) throw new BadInputException("only inner layers of a network are normalised");
            Head head = Head.Parse(layers[^1].Units);
            if (head.Rebuilds != source.Description.Code is not null)
                throw new BadInputException($"a network with a '{head.Kind}' head "
                    + (head.Rebuilds ? "rebuilds its inputs and states the layer of its code" : "has no code"));
            int? classes = source.Description.Classes?.Count;
            if (classes is int count && head.IsClassifier && count != Math.Max(2, layers[^1].Size))
                throw new BadInputException($"there are {count} classes, but {layers[^1].Size} outputs");
            return new([.. layers.Skip(1).Select((layer, l) => new NetworkLayer(
                layers[l].Size, layer.Size, l == layers.Count - 2 ? Activation.Linear
                    : ParseActivation(layer.Units), layer.Normalized, source.Placement))], head)
            {
                InputMachine = source.Description.Input is ModelDescription input ? ModelFile.DbmOf(source with { Description = input })
                    : null,
                CodeLayer = source.Description.Code,
            };
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{source.File.Path}: {e.Message}");
        }
    }
}
