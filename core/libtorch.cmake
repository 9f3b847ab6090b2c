# SPDX-License-Identifier: GPL-3.0-only
# Finds LibTorch and makes the target `libtorch`: its CPU half alone (torch_cpu, c10). find_package(Torch) of a
# CUDA build wants a CUDA toolkit at configure time; the CUDA half is loaded at run time instead (device/).
#
# LIBTORCH is a folder with lib/libtorch_cpu.so and include/ in it: an unpacked LibTorch zip, the `torch` folder
# of a Python installation, or what ./dev fetched (the default, unless the environment names another).
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/libtorch.txt libtorch_pin REGEX "^torch==")
string(REGEX MATCH "[0-9]+\\.[0-9]+" libtorch_wanted "${libtorch_pin}")
string(REGEX MATCH "[0-9.]+" libtorch_fetched "${libtorch_pin}")

set(libtorch_default "$ENV{LIBTORCH}")
if(NOT libtorch_default)
    set(libtorch_cache "$ENV{XDG_CACHE_HOME}")
    if(NOT libtorch_cache)
        set(libtorch_cache "$ENV{HOME}/.cache")
    endif()
    set(libtorch_default ${libtorch_cache}/samout-studio/libtorch-${libtorch_fetched}/torch)
endif()
set(LIBTORCH ${libtorch_default} CACHE PATH "LibTorch's folder (with include/ and lib/ in it)")

foreach(needed lib/libtorch_cpu.so lib/libc10.so include/torch/csrc/api/include/torch/torch.h)
    if(NOT EXISTS ${LIBTORCH}/${needed})
        message(FATAL_ERROR "There is no LibTorch in '${LIBTORCH}': ${needed} is missing. Build with ./dev build, which "
            "fetches LibTorch, or pass -DLIBTORCH=DIR, the folder of a LibTorch ${libtorch_wanted} with include/ and lib/ in it.")
    endif()
endforeach()

# Other versions may do, but are not tried.
set(libtorch_header ${LIBTORCH}/include/torch/headeronly/version.h)
set(libtorch_found "")
if(EXISTS ${libtorch_header})
    file(STRINGS ${libtorch_header} libtorch_found REGEX "define TORCH_VERSION_(MAJOR|MINOR) ")
    string(REGEX REPLACE "[^0-9]*([0-9]+);[^0-9]*([0-9]+)" "\\1.\\2" libtorch_found "${libtorch_found}")
endif()
if(NOT libtorch_found STREQUAL libtorch_wanted)
    message(WARNING "The LibTorch in ${LIBTORCH} is not ${libtorch_wanted}, the version SamOut is tested with.")
endif()

add_library(libtorch INTERFACE)
target_include_directories(libtorch SYSTEM INTERFACE
    ${LIBTORCH}/include ${LIBTORCH}/include/torch/csrc/api/include)
# Its include folder carries an fmt of its own: that one, header-only, and no other.
target_compile_definitions(libtorch INTERFACE FMT_HEADER_ONLY=1)
target_link_libraries(libtorch INTERFACE ${LIBTORCH}/lib/libtorch_cpu.so ${LIBTORCH}/lib/libc10.so)
target_link_options(libtorch INTERFACE -Wl,--allow-shlib-undefined)

# One OpenMP in a program: the one that LibTorch brings, where it brings GCC's.
unset(OpenMP_gomp_LIBRARY CACHE)
file(GLOB libtorch_gomp ${LIBTORCH}/lib/libgomp*.so*)
if(libtorch_gomp)
    list(GET libtorch_gomp 0 libtorch_gomp)
    set(OpenMP_gomp_LIBRARY ${libtorch_gomp} CACHE FILEPATH "LibTorch's OpenMP")
endif()
