using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Boltzmann.Tests.Golden;

/// <summary>
/// Pins what users of the libraries can call and derive from: a change here is a change of the contract, and belongs in the changelog. The
/// golden file is to be read: types with what they derive from, members as they are declared; overrides say nothing new and are left out.
/// </summary>
public class PublicApiTests
{
    static readonly Dictionary<Type, string> words = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    [Fact]
    public void The_public_types_and_members_are_those_of_the_golden_file()
    {
        var text = new StringBuilder();
        Assembly[] assemblies = [typeof(Rbm).Assembly, typeof(DataSource).Assembly, typeof(ParquetTables).Assembly,
            typeof(Boltzmann.ML.MachineFeatures).Assembly, typeof(Boltzmann.Onnx.OnnxModel).Assembly];
        foreach (var space in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsWritten)
            .GroupBy(type => type.Namespace!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"namespace {space.Key}");
            foreach (Type type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append(Heading(type)).Append(Bases(type)).Append('\n');
                string[] lines = [.. Members(type).Distinct()];
                // The values of an enumeration are in their own order.
                if (!type.IsEnum) Array.Sort(lines, StringComparer.Ordinal);
                foreach (string line in lines) text.Append("  ").AppendLine(line);
            }
        }
        GoldenFile.Check("public-api.txt", text.ToString());
    }

    // The compiler keeps each block of extension members in types of its own, whose names no one can write.
    static bool IsWritten(Type type) => !type.FullName!.Contains('<', StringComparison.Ordinal);

    static string Heading(Type type) => (type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsValueType ? "struct "
        : type is { IsAbstract: true, IsSealed: true } ? "static class " : type.IsAbstract ? "abstract class "
        : type.IsSealed ? "class " : "open class ") + Name(type);

    static string Bases(Type type)
    {
        if (type.IsEnum) return "";
        Type[] inherited = type.BaseType?.GetInterfaces() ?? [];
        Type[] interfaces = [.. type.GetInterfaces().Where(i => i.IsVisible && !inherited.Contains(i) && i.Name != "IEquatable`1")];
        // An interface that another one brings along is not said again.
        interfaces = [.. interfaces.Where(i => !interfaces.Any(other => other.GetInterfaces().Contains(i)))];
        Type[] bases = type.BaseType is Type root && root != typeof(object) && root != typeof(ValueType) ? [root] : [];
        string[] names = [.. bases.Select(Name), .. interfaces.Select(Name).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }

    // Members that the compiler writes for records and accessors of properties say nothing of their own.
    static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            foreach (string name in Enum.GetNames(type)) yield return name;
            yield break;
        }
        foreach (ConstructorInfo c in type.GetConstructors(Own))
            if (IsSeen(c) && !IsCopy(c)) yield return $"{(c.IsPublic ? "" : "protected ")}new({Parameters(c)})";
        foreach (PropertyInfo p in type.GetProperties(Own))
            if (p.GetMethod is MethodInfo get && IsSeen(get) && !IsOverride(get) && p.Name != "EqualityContract")
                yield return $"{Modifiers(get)}{Name(p.PropertyType)} {Index(p) ?? p.Name}{Setter(p)}";
        foreach (FieldInfo f in type.GetFields(Own))
            if (f.IsPublic) yield return $"{(f.IsLiteral ? "const " : f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}";
        foreach (MethodInfo m in type.GetMethods(Own))
            if (IsSeen(m) && !IsOverride(m) && IsWritten(m))
                yield return $"{Modifiers(m)}{Name(m.ReturnType)} {m.Name}{Arguments(m)}({Receiver(m)}{Parameters(m)})";
    }

    static bool IsWritten(MethodInfo method) => !method.Name.StartsWith('<')
        && (!method.IsSpecialName || method.Name is "op_Implicit" or "op_Explicit")
        && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers" or "Finalize");

    static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static bool IsCopy(ConstructorInfo constructor) => !constructor.IsPublic
        && constructor.GetParameters() is [ParameterInfo one] && one.ParameterType == constructor.DeclaringType;

    // One that returns something narrower is a new promise.
    static bool IsOverride(MethodInfo method) =>
        method.GetBaseDefinition() is MethodInfo root && root != method && root.ReturnType == method.ReturnType;

    static string Modifiers(MethodInfo method) => (method.IsPublic ? "" : "protected ")
        + (method.DeclaringType!.IsInterface ? method is { IsStatic: true } ? "static " : method.IsAbstract ? "" : "default "
        : method.IsStatic ? "static " : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    static string Setter(PropertyInfo property) => property.SetMethod is not MethodInfo set || !IsSeen(set) ? ""
        : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " { init }" : " { set }";

    static string? Index(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 ? null : $"this[{Parameters(property.GetMethod!)}]";

    static string Receiver(MethodInfo method) => method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsIn ? "in " : parameter.IsOut ? "out " : "";
        return $"{way}{Name(parameter.ParameterType, way.Length > 0)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}";
    }

    static string Name(Type type) => Name(type, false);

    static string Name(Type type, bool isSaid)
    {
        if (type.IsByRef) return (isSaid ? "" : "ref ") + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + $"[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is Type value) return Name(value) + "?";
        if (words.TryGetValue(type, out string? word)) return word;
        if (!type.IsGenericType) return type.Name;
        string arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return type.FullName?.StartsWith("System.ValueTuple", StringComparison.Ordinal) == true ? $"({arguments})"
            : $"{type.Name.Split('`')[0]}<{arguments}>";
    }
}
