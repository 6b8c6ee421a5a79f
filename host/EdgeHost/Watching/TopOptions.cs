namespace EdgeHost.Host.Watching;

/// <summary>What <c>edgehost top</c> was asked for.</summary>
internal sealed record TopOptions(string Endpoint, TimeSpan Interval, bool Once, bool Json);
