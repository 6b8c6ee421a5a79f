using System.Text.Json.Nodes;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>A client that does what it is told and says what came of it, in the words of sdk/conformance/README.md.</summary>
internal interface IClientUnderTest : IAsyncDisposable
{
    /// <summary>What the client printed besides, for the message of a failed test.</summary>
    string Evidence { get; }

    /// <summary>Tells it something; does not wait for what comes of it.</summary>
    Task SendAsync(JsonObject command, CancellationToken cancellationToken);

    /// <summary>The next event of one connection or call.</summary>
    Task<JsonNode> NextEventAsync(string of, CancellationToken cancellationToken);
}
