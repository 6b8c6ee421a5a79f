using System.CommandLine;
using EdgeHost.Host.Demo;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var pictures = new Argument<string[]>("pictures") { Arity = ArgumentArity.ZeroOrMore, Description = "Pictures of your own; the demo's if left out." };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the annotated pictures.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "edgehost-demo"),
        };
        var mirror = new Option<string?>("--mirror") { Description = "A folder to take model files from.", HelpName = "DIR" };
        var command = ExampleHelp.With(
            new Command("demo", "Gets the models, starts a host of its own, and lets a sample app read text and find faces in photographs through its socket.")
            {
                pictures, output, mirror,
            },
            "edgehost demo",
            "edgehost demo ~/Pictures/party.jpg --out ~/Desktop");
        command.SetAction((parsed, cancellationToken) => DemoRunner.RunAsync(
            new DemoSettings
            {
                Home = CommonOptions.HomeOf(parsed),
                Pictures = parsed.GetValue(pictures) ?? [],
                OutputFolder = Path.GetFullPath(parsed.GetRequiredValue(output)),
                Mirror = parsed.GetValue(mirror),
            },
            cancellationToken));
        return command;
    }
}
