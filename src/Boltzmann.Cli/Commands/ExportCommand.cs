using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Temporal;
using Boltzmann.Onnx;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann export MODEL: a model as a file for other programs.</summary>
static class ExportCommand
{
    const string FileName = "model.onnx", Ending = ".onnx";

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var format = ChoiceOption.Of("--format", "onnx", "The form of the file: onnx, for any runtime that reads it.", "onnx");
        var output = new Option<string?>("--out")
        {
            Description = $"The file; {FileName} in the folder of the model when left out.",
            HelpName = "FILE"
        };
        var layer = NumberOption.OptionalWhole("--layer", 1, "Features: the means of this hidden layer, 1 being the first. When left "
            + "out, what predicts writes its predictions, everything else the features of its top layer.");
        var inference = ChoiceOption.Optional("--inference", "How rows go up a dbm, which needs this option. upward: in one pass; doubled: "
            + "the same with twice the input for layers below another (Salakhutdinov and Hinton 2009).", "upward", "doubled");
        var command = new Command("export", "Writes a model for other programs, as ONNX. Rows of the data go in; features, class "
            + "probabilities or numbers come out, and what training did to its rows is inside.") { model.Argument };
        command.WithExamples(
            ("export runs/NAME", "an ONNX file beside the model"),
            ("export runs/NAME --format onnx --out encoder.onnx", "named"));
        foreach (Option option in (Option[])[format, output, layer, inference]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string source = RunFolder.FindModel(parsed.GetValue(model.Argument)!);
            SequenceAlternative.RequireRows(source, "export");
            string file = parsed.GetValue(output) ?? Path.Combine(Path.GetDirectoryName(source) ?? "", FileName);
            RowsFile.Check("--out", file, Ending);
            OnnxModel made = OnnxModel.From(source, new OnnxOptions
            {
                Layer = parsed.GetValue(layer),
                Inference = parsed.Choice<WayUp>(inference),
            });
            made.Save(file);
            if (session.Json) session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteString("model", made.Kind);
                foreach (var (name, tensors) in (ReadOnlySpan<(string, IReadOnlyList<OnnxTensor>)>)[("inputs", made.Inputs),
                    ("outputs", made.Outputs)])
                {
                    json.WriteStartArray(name);
                    foreach (OnnxTensor tensor in tensors)
                    {
                        json.WriteStartObject();
                        json.WriteString("name", tensor.Name);
                        if (tensor.Columns is int columns) json.WriteNumber("columns", columns);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }
                json.WriteEndObject();
            });
            session.Say($"written to {file}: {string.Join(", ", made.Inputs)} -> {string.Join(", ", made.Outputs)}");
            return ExitCode.Done;
        });
        return command;
    }
}
