using System.CommandLine;
using EdgeHost.Capabilities.Models;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models pin</c> and <c>unpin</c>: which models stay in memory. Only a running host has any.</summary>
internal static class ModelPinCommands
{
    public static Command CreatePin()
    {
        var model = Model();
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("pin", "Loads a model in the running host and keeps it in memory, on the operator's account, until unpin or the host's end.")
            {
                model, json,
            },
            "edgehost models pin ocr-det");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.Client.Models.PinAsync(parsed.GetRequiredValue(model), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Console.WriteLine($"{response.Model} is in memory and stays there; pinned by {response.Owner}.");
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command CreateUnpin()
    {
        var model = Model();
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("unpin", "Takes the operator's pin back; the model stays until its memory is needed.")
            {
                model, json,
            },
            "edgehost models unpin ocr-det");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetRequiredValue(model);
            var response = await caller.Client.Models.UnpinAsync(wanted, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Console.WriteLine(Describe(wanted, response));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Model() => new("model") { Description = "A model's id (the pin moves on with a new version), or id@version." };

    private static string Describe(string model, UnpinModelResponse response)
    {
        var others = response.PinnedBy.Count == 0 ? string.Empty : $" It is still pinned by {string.Join(", ", response.PinnedBy)}.";
        return response.WasPinned ? $"{model} may leave memory when it is needed.{others}" : $"{model} was not pinned by the operator under this name.{others}";
    }
}
