using System.CommandLine;
using EdgeHost.Capabilities.Training;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost training drift</c>: what models have met since they were new, and what people said of their answers.</summary>
internal static class TrainingDriftCommand
{
    public static Command Create()
    {
        var model = new Argument<string?>("MODEL") { Description = "Only this model, as id or id@version.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("drift", "Shows how confidence and inputs of models have changed in the running host, and what feedback says.") { model, json }, "edgehost training drift");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.Client.Training.GetDriftAsync(parsed.GetValue(model), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(DriftResponse response)
    {
        if (response.Models.Count == 0)
        {
            Console.WriteLine("No model has answered a call of a capability that takes feedback yet.");
            return;
        }

        var table = Tables.Create("model", "measure", "calls", "index", "state", "right", "wrong", "rating");
        foreach (var model in response.Models)
        {
            var rating = model.Rating is { } mean ? $"{mean:0.00}" : string.Empty;
            if (model.Measures.Count == 0) table.AddRow(Markup.Escape(model.Model), "", "", "", "", $"{model.Correct}", $"{model.Wrong}", rating);
            foreach (var measure in model.Measures)
            {
                table.AddRow(
                    Markup.Escape(model.Model),
                    Markup.Escape(measure.Measure),
                    $"{measure.Calls}",
                    measure.Index is { } index ? $"{index:0.000}" : string.Empty,
                    measure.State == DriftState.Shifted ? "[red]shifted[/]" : measure.State.ToString().ToLowerInvariant(),
                    $"{model.Correct}",
                    $"{model.Wrong}",
                    rating);
            }
        }

        AnsiConsole.Write(table);
    }
}
