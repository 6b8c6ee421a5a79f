using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>The clients under test: how each is started, what it offers, and why it cannot be tested here, if so.</summary>
internal static class ClientLaunch
{
    /// <summary>Turns on when the .NET client has client streams, regions and so on; the names are those of <c>needs</c> in the cases.</summary>
    public static readonly string[] DotnetOffers = ["early_limits", "streams", "reconnect", "idempotency", "keep_alive"];

    public static readonly string[] PythonOffers = ["keep_alive", "early_limits", "streams", "regions", "reconnect", "idempotency"];

    public static readonly string[] NodeOffers = ["keep_alive", "early_limits", "streams", "regions", "reconnect", "idempotency"];

    public static readonly string[] StrangerOffers = ["early_limits", "streams", "regions"];

    /// <summary>The command line of a client that is not ours; null for none.</summary>
    public static string? Other => Environment.GetEnvironmentVariable("EDGEHOST_CONFORMANCE_CLIENT") is { Length: > 0 } command ? command : null;

    public static string[] OtherOffers
        => (Environment.GetEnvironmentVariable("EDGEHOST_CONFORMANCE_OFFERS") ?? string.Empty).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    public static IClientUnderTest StartOther() => new ProcessClient(Repository.Root, "/bin/sh", "-c", Other!);

    public static IClientUnderTest StartDotnet() => new DotnetClient();

    public static IClientUnderTest StartPython()
        => new ProcessClient(Path.Combine(Repository.Root, "sdk", "python"), Tools.Python!, "-u", "conformance/driver.py");

    public static IClientUnderTest StartNode()
        => new ProcessClient(Path.Combine(Repository.Root, "sdk", "node"), "node", "conformance/driver.js");

    public static IClientUnderTest StartStranger()
        => new ProcessClient(Path.Combine(Repository.Root, "tests", "Stranger"), "perl", "driver.pl");
}
