namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>Says why a language cannot be tested on this machine.</summary>
internal static class Languages
{
    public static string? WhyNot(string language) => language switch
    {
        "python" when Tools.Python is null =>
            "There is no Python of 3.10 or later with msgpack: looked at $EDGEHOST_PYTHON, python3 and /usr/bin/python3 (Debian has the package python3-msgpack).",
        "node" when !Tools.HasNode => "Node 20 or later with npm is not on this machine.",
        "perl" when !Tools.HasPerl => "Perl with 64-bit integers and its standard modules is not on this machine.",
        "other" when ClientLaunch.Other is null => "EDGEHOST_CONFORMANCE_CLIENT names no client.",
        _ => null,
    };
}
