namespace EdgeHost.PluginSdk;

public abstract class EdgeHostPlugin
{
    public abstract void ConfigureDifferently();
}
