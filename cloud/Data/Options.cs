namespace IotGateway.Cloud.Data;

/// <summary>Reads a section of the configuration.</summary>
internal static class Options
{
    /// <summary>Reads it strictly: left to itself the binder drops a list's entry that has a wrong value, and a misspelt key, without a word.</summary>
    /// <exception cref="FormatException">A value has the wrong form or a key is not known; the message names it.</exception>
    public static T Read<T>(this IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(o => o.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{e.Message} {e.InnerException?.Message}".TrimEnd(), e);
        }
    }

    /// <exception cref="FormatException">It is not <paramref name="right"/>.</exception>
    public static void Check(bool right, string key, object? value, string expected)
    {
        if (!right)
            throw new FormatException($"{key} is '{value}'; expected {expected}.");
    }
}
