using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Gateway;

/// <summary>The door for programs that speak the HTTP interface of OpenAI. Read once, when the host starts.</summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Gateway";

    /// <summary>Whether the door is open; by default not.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Where it listens: a loopback address, by default <c>127.0.0.1</c>. It has no encryption, so that other addresses are refused.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 to 65,535, by default 10400. 0: any that is free, which the log names.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 10_400;

    /// <summary>Connections at a time; 1 to 10,000, by default 128. Further ones are closed.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 128;

    /// <summary>Apps whose connection to the host is kept open; 1 to 1,024, by default 32. While more of them have requests under way, further ones get status 429.</summary>
    [Range(1, 1024)]
    public int MaxApps { get; set; } = 32;

    /// <summary>The most bytes of a request's JSON; 1 KiB to 64 MiB, by default 8 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int MaxRequestBytes { get; set; } = 8 << 20;

    /// <summary>The most bytes of a sound that is to be written down, with the form around it; 1 KiB to 512 MiB, by default 64 MiB. It is held in memory.</summary>
    [Range(1 << 10, 512 << 20)]
    public int MaxAudioBytes { get; set; } = 64 << 20;

    /// <summary>Texts of one request for vectors; 1 to 10,000, by default 2,048.</summary>
    [Range(1, 10_000)]
    public int MaxInputs { get; set; } = 2048;

    /// <summary>The most tokens of an answer whose request has no limit of its own; 1 to 1,000,000, by default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int DefaultMaxTokens { get; set; } = 1024;

    /// <summary>How long a connection may say nothing between requests before it is closed; 1 s to 1 day, by default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the head of a request may take to arrive; 1 s to 10 minutes, by default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
