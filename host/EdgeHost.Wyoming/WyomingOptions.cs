using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Wyoming;

/// <summary>The door for programs that speak the Wyoming protocol. Read once, when the host starts.</summary>
public sealed class WyomingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Wyoming";

    /// <summary>The application name by which the door calls the host: rules for apps hold for it as for any other.</summary>
    public const string AppName = "wyoming";

    /// <summary>Whether the door is open; by default not.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Where it listens: an IP address. By default <c>127.0.0.1</c>, for this machine alone. The protocol has neither passwords nor encryption: open it to others in a network that you trust only.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 to 65,535, by default 10300. 0: any that is free, which the log names.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 10_300;

    /// <summary>Connections at a time; 1 to 1024, by default 32. Further ones are closed with an error.</summary>
    [Range(1, 1024)]
    public int MaxConnections { get; set; } = 32;

    /// <summary>The most bytes of an event's first line; 256 to 1 MiB, by default 64 KiB.</summary>
    [Range(256, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 64 << 10;

    /// <summary>The most bytes of an event's data and of its payload, each; 1 KiB to 64 MiB, by default 1 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int MaxEventBytes { get; set; } = 1 << 20;

    /// <summary>How long a connection may say nothing before it is closed; 1 s to 1 day, by default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
