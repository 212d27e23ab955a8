using System.CommandLine;
using Boltzmann.Cli.FineTuning;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann fine-tune MODEL: turns a trained model into a classifier, regressor or auto-encoder by back-propagation.</summary>
static class FineTuneCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var settings = new FineTuneSettings();
        var model = new Argument<string?>("MODEL")
        {
            Description = "An rbm, a dbn, a dbm or a network: its file, or the folder of its run.",
            Arity = ArgumentArity.ZeroOrOne
        };
        var folders = new RunFolderOptions();
        var command = new Command("fine-tune",
            "Turns a model into a classifier, regressor or auto-encoder by back-propagation. Writes a run folder.") { model };
        command.WithExamples(
            ("fine-tune runs/NAME", "a classifier of the labels that came with the model's data"),
            ("fine-tune runs/NAME --task regression --data prices.csv --label-column price", "predicts a number"),
            ("fine-tune runs/NAME --reconstruct", "an auto-encoder of the model's rows; encode and decode use it"),
            ("fine-tune runs/NAME --random-start --out runs/baseline", "the same network without pre-training"));
        foreach (Option option in settings.Options) command.Options.Add(option);
        command.Options.Add(settings.Reconstruct);
        folders.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if (folders.IsResuming(parsed) && parsed.GetValue(model) is not null)
                throw new BadInputException("--resume continues a run from its checkpoint; a MODEL does not go with it");
            return folders.Run(parsed, session, settings, made => ((FineTunePlan)made).StartingFrom(parsed.GetValue(model)
                ?? throw new BadInputException("fine-tune needs a MODEL, or --resume")));
        });
        return command;
    }
}
